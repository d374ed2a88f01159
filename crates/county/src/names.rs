//! Made-up names: common first names of today's England and surnames of many origins, put together by a number, so that nobody in a
//! county has the name of anybody else until the pairs run out.

const FIRST: [&str; 128] = [
    "Aaliyah", "Aaron", "Abbie", "Abdul", "Adele", "Aisha", "Alfie", "Alicja", "Amara", "Amelia", "Amir", "Anika",
    "Archie", "Asha", "Bailey", "Beau", "Bethan", "Billy", "Blake", "Callum", "Caitlin", "Chidi", "Chloe", "Clara",
    "Corey", "Daisy", "Dara", "Dawit", "Declan", "Dexter", "Dylan", "Eesha", "Ella", "Ellis", "Elsie", "Emre", "Erin",
    "Esme", "Ethan", "Evie", "Farah", "Finley", "Freya", "Gabriel", "Grace", "Hamza", "Hannah", "Harley", "Harpreet",
    "Hassan", "Heidi", "Holly", "Ibrahim", "Imogen", "Isaac", "Isla", "Ivy", "Jaden", "Jasmine", "Jayden", "Joel",
    "Jonah", "Kacper", "Kai", "Kayla", "Keira", "Khadija", "Kian", "Kofi", "Kyra", "Layla", "Leah", "Lena", "Leon",
    "Lewis", "Libby", "Liam", "Logan", "Lola", "Lucas", "Maisie", "Malik", "Marcus", "Maryam", "Mason", "Maya",
    "Megan", "Mia", "Miriam", "Mohamed", "Nadia", "Nathan", "Nia", "Nikolai", "Noah", "Nura", "Oliwia", "Omar",
    "Oscar", "Owen", "Paige", "Phoebe", "Priya", "Rafael", "Reece", "Rhys", "Riley", "Robyn", "Rohan", "Rosa", "Rowan",
    "Ruby", "Saoirse", "Scarlett", "Selam", "Shanice", "Skye", "Sofia", "Summer", "Tariq", "Teagan", "Tia", "Tobi",
    "Toby", "Tyler", "Yasmin", "Zac", "Zofia",
];

const LAST: [&str; 157] = [
    "Abara",
    "Achterberg",
    "Adeyinka",
    "Akhtari",
    "Aldercott",
    "Amesbry",
    "Amoah",
    "Anstruth",
    "Appleyard",
    "Arkless",
    "Ashcombe",
    "Aspinall",
    "Atherley",
    "Badruddin",
    "Balderson",
    "Bamford",
    "Banerji",
    "Barraclow",
    "Bassey",
    "Beckwith",
    "Belhaj",
    "Benyon",
    "Berwyn",
    "Bhatti",
    "Biddlecombe",
    "Blacklaw",
    "Bodnar",
    "Bonsu",
    "Braithe",
    "Brockhurst",
    "Bukowski",
    "Burdett",
    "Calverley",
    "Carrow",
    "Chalkley",
    "Chukwu",
    "Clewes",
    "Cobbold",
    "Corrigan",
    "Cottrell",
    "Cranmere",
    "Croft",
    "Czerny",
    "Dadswell",
    "Danquah",
    "Darlow",
    "Dauda",
    "Denholm",
    "Dereham",
    "Dhaliwal",
    "Dimbleton",
    "Dosanjh",
    "Dunmore",
    "Eastaway",
    "Ebbsworth",
    "Edozien",
    "Ekpo",
    "Elphick",
    "Ermis",
    "Esser",
    "Fairbairn",
    "Fanshaw",
    "Farrant",
    "Fenwick",
    "Ferreira",
    "Fettes",
    "Folarin",
    "Frayne",
    "Gadsby",
    "Garrick",
    "Gebre",
    "Gilfoyle",
    "Goddings",
    "Gorecki",
    "Grantham",
    "Greenaway",
    "Gurung",
    "Haddow",
    "Halloran",
    "Hameed",
    "Harbottle",
    "Haverill",
    "Hewlett",
    "Holt",
    "Horsfall",
    "Iqbal",
    "Ismay",
    "Jagger",
    "Jankowski",
    "Jellis",
    "Kamara",
    "Kettley",
    "Khatun",
    "Kilgour",
    "Kirkby",
    "Kowal",
    "Lamptey",
    "Larkham",
    "Laverick",
    "Leyland",
    "Lindfield",
    "Lisle",
    "Lovatt",
    "Lund",
    "Mabbott",
    "Maddern",
    "Malhotri",
    "Marsh",
    "Mbele-Rowe",
    "Mensah",
    "Merrick",
    "Mistry",
    "Mottram",
    "Mwangi",
    "Nettleton",
    "Novak",
    "Nwosu",
    "Oakden",
    "Odell",
    "Okafor",
    "Orchard",
    "Osei",
    "Ottaway",
    "Pardew",
    "Penrose",
    "Petrov",
    "Pickering",
    "Popescu",
    "Pryce",
    "Quayle",
    "Rahimi",
    "Ramsbottle",
    "Rawcliffe",
    "Redfern",
    "Rigby",
    "Sahota",
    "Salter",
    "Sandhu",
    "Scarfe",
    "Selwood",
    "Shipley",
    "Sikora",
    "Sowerby",
    "Stannard",
    "Tadesse",
    "Tarrant",
    "Thackray",
    "Thorne",
    "Tolley",
    "Udoh",
    "Vickery",
    "Waddell",
    "Wakeham",
    "Weekes",
    "Wolski",
    "Yardley",
    "Yilmaz",
];

/// The names of a county, one after the other.
#[derive(Debug)]
pub(crate) struct Names {
    next: usize,
    step: usize,
}

/// A name.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub first: &'static str,
    pub last: &'static str,
}

impl Name {
    pub fn full(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

impl Names {
    pub fn new(chance: &mut crate::chance::Chance) -> Names {
        // A step without a divisor in common with the number of pairs meets each pair once before any comes again.
        let all = FIRST.len() * LAST.len();
        let mut step = 2 * chance.below(all / 2) + 1;
        while step.is_multiple_of(LAST.len()) {
            step += 2;
        }
        Names { next: chance.below(all), step }
    }

    pub fn next(&mut self) -> Name {
        let all = FIRST.len() * LAST.len();
        self.next = (self.next + self.step) % all;
        Name { first: FIRST[self.next % FIRST.len()], last: LAST[self.next / FIRST.len()] }
    }
}

/// A first name alone, for a relative who shares the surname.
pub(crate) fn first(chance: &mut crate::chance::Chance) -> &'static str {
    FIRST[chance.below(FIRST.len())]
}

/// A surname alone.
pub(crate) fn last(chance: &mut crate::chance::Chance) -> &'static str {
    LAST[chance.below(LAST.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;
    use std::collections::HashSet;

    #[test]
    fn no_two_people_have_the_same_name_while_there_are_pairs_left() {
        for seed in 0..20 {
            let mut names = Names::new(&mut Chance::of(seed, "names", 0));
            let all = FIRST.len() * LAST.len();
            let found: HashSet<String> = (0..all).map(|_| names.next().full()).collect();
            assert_eq!(found.len(), all);
        }
    }
}
