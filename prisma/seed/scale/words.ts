// What the texts of demo:scale are put together from. Nobody lives behind these names.

export const professions = words(`
  Software Engineering, Data Science, Sales, Product Design, Marketing, Recruiting, Technical Writing, Supply Chain,
  Security Engineering, Finance, Revenue Operations, User Research, Site Reliability, Legal Counsel, Field Service, Clinical Operations,
  Solutions Engineering, Game Design, Business Analysis, Quality Assurance, Brand Strategy, Data Engineering, People Operations,
  Partnerships, Content Strategy, Mechanical Engineering, Nursing, Urban Planning, Teaching, Architecture, Project Management,
  Procurement, Public Relations, Risk Management, Embedded Systems, Developer Relations, Machine Learning, Event Production, Growth,
  Logistics, Journalism, Translation, Hospitality, Policy Research, Fundraising, Accounting, Actuarial Work, Civil Engineering,
  Film Production, Pharmacy, Industrial Design, Network Engineering, Retail Operations, Social Work, Customer Support,
  Electrical Engineering, Library Work, Food Science, Insurance Claims, Veterinary Practice
`)

export const topics = [
  { name: 'Career Paths', synonyms: ['promotion', 'levels'] },
  { name: 'Hiring and Interviews', synonyms: ['recruiting', 'job search'] },
  { name: 'Working With Others', synonyms: ['stakeholders', 'collaboration'] },
  { name: 'Tools and Methods', synonyms: ['process', 'software'] },
  { name: 'Planning', synonyms: ['roadmap', 'estimates'] },
  { name: 'Measuring Results', synonyms: ['metrics', 'reporting'] },
  { name: 'Leading a Team', synonyms: ['management', 'one-to-ones'] },
  { name: 'First Months on the Job', synonyms: ['onboarding', 'starting out'] },
]

export const firstNames = words(`
  Ada, Bruno, Chidi, Dana, Elif, Farid, Greta, Hiro, Ines, Jonas, Kavya, Liam, Mirela, Nadia, Omar, Petra, Quinn, Rahul, Sofia, Tariq,
  Uma, Viktor, Wendy, Ximena, Yusuf, Zofia, Amara, Benedikt, Carla, Dmitri, Esther, Felix, Gloria, Hamza, Ivana, Jamal, Keiko, Luca,
  Maya, Noor, Oscar, Priya, Rosa, Samir, Tomas, Ulrike, Vera, Wanjiru, Yara, Zeki, Anouk, Boris, Celia, Diego, Emeka, Freya, Gustav,
  Hana, Imran, Julia, Kofi, Leila, Mateo
`)

export const lastNames = words(`
  Abara, Bergström, Castillo, Dimitrov, Eriksen, Fontaine, Gupta, Hoffmann, Ivanova, Jansen, Kowalski, Lindqvist, Mensah, Nakamura,
  Okonkwo, Petrov, Quintero, Rossi, Sato, Tanaka, Usman, Vargas, Weber, Yilmaz, Zhang, Adeyemi, Brandt, Cohen, Duarte, Engel, Ferrari,
  Gallagher, Haddad, Iyer, Johansson, Khan, Larsen, Moreau, Novak, Oliveira, Park, Reyes, Schneider, Torres, Ueda, Virtanen, Wagner, Xu,
  Yamada, Zimmermann, Achterberg, Bianchi, Chowdhury, Desai, Eze, Farkas, Grimaldi, Hassan, Ito, Jovanović, Kaya, Lopez, Marchetti,
  Nguyen, Osei, Pham, Rahman, Silva, Tran, Ünal, Vogel, Watanabe, Yeo, Zapata
`)

export const companyFirst = words(`
  Amber, Birch, Cedar, Delta, Ember, Fennel, Granite, Heron, Indigo, Juniper, Kestrel, Larch, Marble, Nimbus, Orchid, Pebble, Quill,
  Raven, Sable, Thistle, Umber, Vesper, Willow, Yarrow, Zephyr, Anchor, Beacon, Copper, Dune, Elm, Fathom, Glacier, Hollow, Iron, Jade,
  Keystone, Lantern, Meadow, North, Opal, Prairie, Quarry
`)

export const companySecond = words(`
  Analytics, Bank, Biotech, Cargo, Commerce, Dynamics, Energy, Foods, Freight, Games, Health, Hotels, Insurance, Instruments, Labs,
  Learning, Media, Mobility, Networks, Optics, Payments, Pharma, Press, Rail, Robotics, Security, Software, Studios, Systems, Telecom,
  Textiles, Tools, Travel, Works
`)

export const ranks = lines(`
  Associate
  Senior
  Lead
  Principal
  Head of
  Director of
  VP of
  Manager,
  Group Lead,
  Chief of Staff,
`)

/** {subject} and {setting} are filled in; between them may stand the trade. */
export const questionTitles = lines(`
  How do you {subject} {setting}?
  What would you do differently if you had to {subject} {setting} again?
  Is it a good idea to {subject} {setting}?
  When is the right time to {subject} {setting}?
  Who should decide whether to {subject} {setting}, and how?
  What is the first thing that goes wrong when people {subject} {setting}?
  How long does it take to {subject} {setting}?
  What did you learn the hard way about how to {subject} {setting}?
  How do I convince my manager that we should {subject} {setting}?
  Why do so few teams {subject} {setting}, although everybody says that they should?
  I was asked to {subject} {setting} and have never done it before: where do I begin?
  Which book, course or person helped you most to {subject} {setting}?
  How would you explain to a newcomer how to {subject} {setting}?
  Do you still {subject} {setting}?
  What does it cost to {subject} {setting}, in money and in patience?
  How do you notice in time that an attempt to {subject} {setting} is failing?
`)

export const subjects = words(`
  set priorities, run a retrospective, write a proposal, estimate a large project, say no to a request, hire a junior colleague,
  prepare for an interview, measure success, present numbers, change an unpopular process, give hard feedback, ask for a promotion,
  hand over a project, work with an outside agency, negotiate a budget, recover from a bad launch, document decisions,
  run user interviews, choose between two tools, replace an old system, onboard somebody remotely, plan a quarter,
  cut a budget by a third, lead without authority, build trust, keep meetings short, set up an on-call rota, review the work of a peer,
  handle an angry customer, test an assumption cheaply, train a new team, automate a report, write a job description,
  deal with technical debt, share bad news, move to another specialism, find a mentor, keep a portfolio, work with lawyers,
  split a team in two, agree on a definition of done, forecast demand, run a pilot, audit a supplier, prepare a board update,
  reduce errors, keep skills fresh, manage a former peer, set a price, collect requirements, write a strategy, stop a project,
  keep a backlog short, win over a sceptic, balance speed and quality, share knowledge, delegate, choose a metric, learn from an outage,
  set working hours, prepare a handbook, find early users, defend a decision, rotate responsibilities, make a business case,
  survey the staff, improve accessibility, plan a migration, interview a senior candidate, read a contract
`)

export const settings = words(`
  in a company of ten people, in a regulated industry, when nobody has time, during a reorganisation, with a team in four time zones,
  after a merger, in the first ninety days, without a budget, when the data is poor, in a family business, for a public body,
  at a company that doubles every year, while the roadmap keeps changing, with a manager who disagrees, as the only specialist,
  after ten years in the same role, in a second language, when the deadline is fixed, before the first customer, with contractors only,
  in a hardware company, when two departments want opposite things, as a career changer, without hurting morale, with a new executive,
  after layoffs, in a non-profit, on top of the daily work, when there is no precedent, at a hundred thousand customers,
  in a works-council country, with volunteers, in a fully remote team, while on parental leave cover,
  for a product that is being retired, in a town far from everything, when the founder has just left, with half of the team new,
  in the busiest month of the year, after a public failure, for users who never asked for it, when everything is urgent,
  with old machines, as an introvert, when the rules have just changed, in a market that shrinks, under an outside audit,
  with an intern, when sales has already promised it, across five offices
`)

export const trades = words(`
  banking, insurance, logistics, healthcare, education, retail, energy, telecoms, travel, publishing, agriculture, aviation, automotive,
  biotech, broadcasting, catering, chemicals, construction, consulting, cosmetics, defence, e-commerce, fashion, film, fitness,
  forestry, furniture, gaming, hospitality, housing, advertising, law, local government, manufacturing, mining, museums, music,
  pharmaceuticals, photography, printing, property, public transport, rail freight, recycling, restaurants, robotics, security,
  shipping, social care, software, space, sports, textiles, theatre, tourism, toys, veterinary care, waste management, water supply,
  wine making
`)

/** What tools are called is put together from these: a beginning, a middle, an end. */
export const toolNames = [
  words('ar, bel, cor, dra, el, fin, gra, hel, iv, jo, kal, lum, mer, nor, or, pra, quo, ris, sol, tra, ul, ver, wex, zan'),
  words('a, abri, ado, ami, eba, edo, eli, emo, ida, igo, ila, imo, obi, oda, omi, ona, uba, udi, uli, umo, ya, yne'),
  words(
    'bly, cast, desk, dex, field, flow, form, grid, hub, kit, lane, lio, loop, mark, met, nest, pad, path, ra, scope, sheet, sync, tra, tix, ware, wise, xo',
  ),
]

export const sentences = lines(`
  I have done this four times, and it went well twice.
  The short answer is that it depends on who has to live with the result.
  Begin with the people who complain most, because they have thought about it longest.
  Write down what you expect before you start, or you will remember having expected whatever happened.
  We tried the obvious thing first and it cost us a quarter.
  In my first year I would have said the opposite.
  Nobody reads a document of more than two pages, so ours has two pages and an appendix that nobody reads.
  Ask what would have to be true for the other side to be right.
  A number without a date is a wish.
  What helped was a standing half hour on Tuesdays, which sounds too small to matter.
  If you can only change one thing, change who is in the room when it is decided.
  My rule is to do the reversible part at once and to sleep over the rest.
  It took eleven weeks from the first sketch to the day when somebody outside the team used it.
  You will be tempted to buy a tool at this point; wait until you have done it by hand three times.
  The people above you want to know two things: what it costs and when they will see something.
  I keep a list of decisions with the reason beside each, and I read it before I argue.
  Half of the work is to make the current state visible to those who believe that it is fine.
  Somebody has to own the result by name, and a committee has no name.
  We measured it for six weeks, and the figure that everybody quoted turned out to be three years old.
  The best person for it on our team was the one who had asked the most awkward question.
  Do not begin with the exceptions, they will find you anyway.
  Small teams can skip this step; past thirty people you cannot.
  I was wrong about the cause, but the habit of looking every week caught it.
  Tell the people concerned before you tell everybody, even if it is only an hour before.
  When it fails, it fails slowly, so set a date on which you look at it again.
  None of this is hard, but all of it is easy to put off.
  A week of watching people work is worth a month of asking them about it.
  What surprised me was how little of the old process anybody missed.
  In the end we kept the spreadsheet, since it was the only thing that everybody could change.
  I would do the same again, only earlier and with fewer slides.
`)

export const timeZones = words(`
  America/Los_Angeles, America/New_York, America/Chicago, Europe/London, Europe/Berlin, Asia/Kolkata, Asia/Singapore
`)

function words(text: string): string[] {
  return text.trim().split(/,\s+/)
}

function lines(text: string): string[] {
  return text.trim().split(/\n\s*/)
}
