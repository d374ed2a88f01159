//! Chance as a parameter: SplitMix64 (Steele, Lea and Flood, 2014), a tiny generator with 64 bits of state. Good enough to make up a
//! county, the same on every machine, and no good at all for secrets.

/// A stream of numbers that a seed determines.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// A stream of its own for a part, so that what is made up of one part does not move the others.
    pub fn of(seed: u64, part: &str, number: u64) -> Chance {
        let mut chance = Chance(seed ^ engine::words::sym(part).0.rotate_left(17));
        let first = chance.draw();
        Chance(first ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound; 0 where the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        // The upper half of a product of 128 bits: no division, and no bias that anybody could see.
        ((u128::from(self.draw()) * bound as u128) >> 64) as usize
    }

    /// A number from one to another, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least).max(0) as usize + 1) as i64
    }

    /// Yes, so many times in a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of a list that is not empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// One of a list that is not empty, left where it is.
    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Puts a list in another order, every order as likely as any.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// One of a list that is not empty, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, list: &[(usize, T)]) -> T {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in list {
            if left < *weight {
                return *item;
            }
            left -= weight;
        }
        list[0].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_algorithm() {
        let mut chance = Chance(1_234_567);
        let found: Vec<u64> = (0..3).map(|_| chance.draw()).collect();
        assert_eq!(found, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn bounds_are_kept() {
        let mut chance = Chance(7);
        for _ in 0..1000 {
            assert!((3..=5).contains(&chance.between(3, 5)));
            assert_eq!(chance.below(1), 0);
            assert_eq!(chance.weighted(&[(0, 'a'), (1, 'b')]), 'b');
        }
        assert_eq!(chance.between(4, 4), 4);
    }
}
