/** The meetings of this person, and one of them. */
export const meetingsPath = '/cuoc-hop/:id?';
/** One meeting while people sit: the whole window is the room. */
export const sessionPath = '/phien-hop/:id';
/** The bodies that meet: who sits in them, and how they decide. */
export const bodiesPath = '/to-chuc-hop/:id?';
/** What its hall sees on the wall. */
export const hallPath = '/trinh-chieu/:id';
/** What was proposed for a meeting's agenda. */
export const proposalsPath = '/de-xuat-hop/:id?';
/** What meetings came to. */
export const statisticsPath = '/thong-ke-hop';
