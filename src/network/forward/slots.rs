//! Things with a small number each; a number is given again only after the round it was freed in.

/// A bounded table.
#[derive(Debug)]
pub struct Slots<T> {
    all: Vec<Option<T>>,
    free: Vec<u32>,
    freed: Vec<u32>,
    most: usize,
}

impl<T> Slots<T> {
    pub fn new(most: usize) -> Self {
        Self {
            all: Vec::new(),
            free: Vec::new(),
            freed: Vec::new(),
            most,
        }
    }

    pub fn count(&self) -> usize {
        self.all.len() - self.free.len() - self.freed.len()
    }

    pub fn is_full(&self) -> bool {
        self.all.len() - self.free.len() >= self.most
    }

    /// The number that the next one gets; the caller has seen that there is room.
    pub fn next(&self) -> u32 {
        self.free.last().copied().unwrap_or(self.all.len() as u32)
    }

    pub fn put(&mut self, one: T) -> u32 {
        match self.free.pop() {
            Some(number) => {
                self.all[number as usize] = Some(one);
                number
            }
            None => {
                self.all.push(Some(one));
                self.all.len() as u32 - 1
            }
        }
    }

    pub fn get(&mut self, number: u32) -> Option<&mut T> {
        self.all.get_mut(number as usize)?.as_mut()
    }

    pub fn take(&mut self, number: u32) -> Option<T> {
        let taken = self.all.get_mut(number as usize)?.take()?;
        self.freed.push(number);
        Some(taken)
    }

    /// The round is over: freed numbers may be given again.
    pub fn settle(&mut self) {
        self.free.append(&mut self.freed);
        if self.free.len() == self.all.len() {
            self.free = Vec::new();
            self.all = Vec::new();
        }
    }

    pub fn each(&mut self) -> impl Iterator<Item = (u32, &mut T)> {
        let all = self.all.iter_mut().enumerate();
        all.filter_map(|(number, one)| Some((number as u32, one.as_mut()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_not_given_again_within_a_round() {
        let mut slots = Slots::new(2);
        assert_eq!((slots.put('a'), slots.put('b')), (0, 1));
        assert!(slots.is_full());
        assert_eq!(slots.take(0), Some('a'));
        assert!(slots.is_full() && slots.count() == 1 && slots.get(0).is_none());
        slots.settle();
        assert_eq!(slots.next(), 0);
        assert_eq!(slots.put('c'), 0);
    }
}
