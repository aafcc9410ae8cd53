//! A parsed template, changed so that it means and prints what Go's would.
//!
//! The template engine looks fields up in maps and prints by itself; both are different for the
//! structs, times and durations of [`data`](super::data). So every field becomes a call of one
//! function of ours, and every printed value goes through another one.

use gotmpl::parse::{CommandNode, Expr, ListNode, Node, PipeNode, Pos, SmolStr};

/// `FIELD value "A" "B"`: looks names up, one below the other.
pub const FIELD: &str = "\u{1}field";
/// `PRINT value`: text, as it is printed.
pub const PRINT: &str = "\u{1}print";
/// `PRINTABLE value`: for the engine's own functions that print.
pub const PRINTABLE: &str = "\u{1}printable";
/// `COMPARABLE value`: for the engine's own functions that compare.
pub const COMPARABLE: &str = "\u{1}comparable";

const PRINTING: [&str; 6] = ["print", "printf", "println", "html", "js", "urlquery"];
const COMPARING: [&str; 6] = ["eq", "ne", "lt", "le", "gt", "ge"];

/// Rows have one method with an argument, `.Label NAME`: what it becomes, and on which field.
const METHOD: (&str, &str, &str) = ("Label", "label", "LabelMap");

/// Changes a list of nodes and all below.
pub fn changed(list: &mut ListNode) {
    for node in &mut list.nodes {
        match node {
            Node::List(inner) => changed(inner),
            Node::Action(action) => {
                pipe(&mut action.pipe);
                if action.pipe.decl.is_empty() {
                    let at = action.pos;
                    action.pipe.commands.push(call(at, PRINT, vec![]));
                }
            }
            Node::If(branch) | Node::Range(branch) | Node::With(branch) => {
                pipe(&mut branch.pipe);
                changed(&mut branch.body);
                branch.else_body.as_mut().map(changed).unwrap_or_default();
            }
            Node::Template(named) => named.pipe.as_mut().map(pipe).unwrap_or_default(),
            Node::Define(define) => changed(&mut define.body),
            Node::Text(_) | Node::Break(_) | Node::Continue(_) => {}
        }
    }
}

fn call(at: Pos, name: &str, arguments: Vec<Expr>) -> CommandNode {
    let mut args = vec![Expr::Identifier(at, name.into())];
    args.extend(arguments);
    CommandNode { pos: at, args }
}

fn nested(at: Pos, command: CommandNode) -> Expr {
    Expr::Pipe(
        at,
        PipeNode {
            pos: at,
            decl: Vec::new(),
            commands: vec![command],
            is_assign: false,
        },
    )
}

fn pipe(pipe: &mut PipeNode) {
    let mut commands = Vec::with_capacity(pipe.commands.len());
    for (at, mut command) in std::mem::take(&mut pipe.commands).into_iter().enumerate() {
        method(&mut command);
        command.args.iter_mut().for_each(expression);
        if let Some(wrapper) = wrapper(&command) {
            for arg in command.args.iter_mut().skip(1) {
                let at = arg.pos();
                *arg = nested(at, call(at, wrapper, vec![arg.clone()]));
            }
            if at > 0 {
                commands.push(call(command.pos, wrapper, vec![]));
            }
        }
        commands.push(command);
    }
    pipe.commands = commands;
}

/// What has to be done to the arguments of a function of the engine's.
fn wrapper(command: &CommandNode) -> Option<&'static str> {
    let Some(Expr::Identifier(_, name)) = command.args.first() else {
        return None;
    };
    match name.as_str() {
        name if PRINTING.contains(&name) => Some(PRINTABLE),
        name if COMPARING.contains(&name) => Some(COMPARABLE),
        _ => None,
    }
}

/// `.Label "x"` becomes `label .LabelMap "x"`.
fn method(command: &mut CommandNode) {
    let (name, function, of) = METHOD;
    let Some(Expr::Field(at, names) | Expr::Variable(at, _, names)) = command.args.first_mut()
    else {
        return;
    };
    let at = *at;
    if let Some(last) = names.last_mut().filter(|last| *last == name) {
        *last = SmolStr::new(of);
        command
            .args
            .insert(0, Expr::Identifier(at, function.into()));
    }
}

fn expression(expr: &mut Expr) {
    let (at, base, names) = match expr {
        Expr::Pipe(_, inner) => return pipe(inner),
        Expr::Field(at, names) => (*at, Expr::Dot(*at), std::mem::take(names)),
        Expr::Variable(_, _, names) if names.is_empty() => return,
        Expr::Variable(at, name, names) => {
            let base = Expr::Variable(*at, name.clone(), Vec::new());
            (*at, base, std::mem::take(names))
        }
        // A function's call with a field of what it returns: the engine looks that up itself.
        Expr::Chain(_, inner, _) if matches!(**inner, Expr::Identifier(..)) => return,
        Expr::Chain(at, inner, names) => {
            expression(inner);
            (*at, (**inner).clone(), std::mem::take(names))
        }
        _ => return,
    };
    let names = names
        .iter()
        .map(|name| Expr::String(at, name.as_str().into()));
    let arguments = std::iter::once(base).chain(names).collect();
    *expr = nested(at, call(at, FIELD, arguments));
}
