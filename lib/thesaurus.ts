/**
 * Words of working life that stand for one another when somebody asks, a line for each meaning: synonyms, short forms, and
 * what is so close that an answer to the one helps with the other. In the spelling of no country in particular; a word may be
 * in several lines. Forms of a word (plural, tense) are the dictionary's business, but for the plural of short forms without
 * a vowel, which it does not know. Written for this site.
 */
export const THESAURUS: readonly string[][] = `
customer, client, account, buyer, subscriber
customer success manager, csm, csms
customer success, cs
product manager, pm, pms, product owner, product people
engineering manager, em
account executive, ae, account manager, salesperson, sales rep
quarterly business review, qbr, qbrs
net promoter score, nps
time to value, time to first value
performance improvement plan, pip, performance plan
one-on-one, 1:1
skip level, skip-level
pull request, code review, merge request
on-call, oncall, pager, rota, rotation, standby
service level, sla
a/b test, ab test, split test, experiment
artificial intelligence, ai, llm, llms, chatgpt, gpt, language model
human resources, hr
chief executive, ceo, founder
executive, leadership, management, board, c-level
vice president, vp, vps, head, director
chief technology officer, cto
chief financial officer, cfo, finance
return on investment, roi
key performance indicator, kpi, metric, measure
objectives and key results, okr, goal, target
minimum viable product, mvp, mvps, prototype
proof of concept, poc, pilot, trial
work from home, remote
salary, pay, wage, compensation, earn, money
pay rise, raise
price, pricing, cost, charge, fee
discount, rebate, concession, cheaper, lower the price
increase, raise, rise, hike
decrease, reduce, cut, lower, drop
free, freemium, unpaid
plan, tier, package, edition
seat, user, licence, license
usage, consumption, pay per use, metered
subscription, membership
contract, agreement, deal
renewal, renew, extension, prolong
cancel, churn, leave, quit, cancellation, lose, loss, attrition
retention, keep, retain, stay
upsell, upgrade, expansion, cross-sell
onboarding, rollout, implementation, kickoff
support, helpdesk, help desk, service desk
ticket, issue, bug, defect
complain, complaint, angry, shout, yell, rude, abusive
harsh, rude, jerk, toxic, unfriendly
discuss, talk, conversation, call, meeting
meeting, call, session
notes, minutes, write down
tell, announce, communicate, inform, break, say
decline, refuse, reject, say no, turn down, push back
promise, commit, commitment
deadline, date, due date
delay, late, slip, postpone, overdue
reply, answer, respond, silent, ghost, unresponsive
sponsor, champion, contact person
owner, boss, decision maker
boss, manager, supervisor, lead
own, responsible, ownership, in charge, decide
decide, decision, choose
developer, engineer, programmer
designer, ux
sketch, draft, mockup, wireframe
junior, beginner, graduate, newcomer
new joiner, new hire, newcomer, starter
senior, experienced
colleague, teammate, coworker
team, group, squad
employee, people, staff, worker
direct report, report, subordinate
hire, recruit, hiring, recruiting
candidate, applicant
application, applicant
interview, conversation
job advert, job ad, vacancy, posting
cover letter, letter
take-home, homework, assignment, exercise
pairing, pair programming
live coding, whiteboard, coding interview
reference call, reference check
dismiss, fire, sack, let go
resign, quit, leave, depart
promotion, promote, promoted
demotion, step down
career, job, role, position, title
performance review, appraisal, evaluation
self-review, self evaluation, self assessment
rating, score, grade
calibration, rating
feedback, criticism, criticise
coach, mentor, coaching
unfair, fair, bias
incident, outage, downtime
break, broken, outage
postmortem, post-mortem, incident review, retrospective
alert, alarm, monitoring, page, notification
threshold, limit
technical debt, tech debt, refactoring, cleanup
rewrite, replace, rebuild, from scratch
legacy, old, outdated
deprecate, retire, sunset, switch off, shut down
migrate, migration, move, switch
maintenance, upkeep
build, make, develop
buy, purchase, vendor
estimate, forecast, predict, prediction
predict, signal, sign, indicator, foresee
early sign, leading indicator, warning
gut feeling, intuition, instinct
weight, weighting
factor, input, criterion
trust, believe, faith
health score, health rating
test, validate, verify, prove
dashboard, report, analytics
tracking, analytics, data
wrong, incorrect, mistake, error
user research, discovery, customer interview, user interview
user, customer
interviewee, participant
incentive, reward, pay
transcript, recording
summary, summarise, summarize, digest
usability test, usability session
adoption, usage
launch, release, ship, feature
effect, impact, difference
roadmap, plan, backlog
prioritise, prioritize, prioritisation, prioritization, rank, order
quarter, quarterly
document, documentation, docs, reference
api, interface, endpoint
rate limit, throttling, quota
platform, infrastructure
internal, in-house
demo, demonstrate, show, present
regulatory, compliance, legal
law, legal, rules
revenue, income, money, earn
biggest, largest, key, main, important
small, tiny, little
country, region, market, local
abroad, foreign, overseas
automate, automation, automatic, automated
office hours, q&a
spreadsheet, excel, sheet, list
favourite, favorite, pet
worth, useful, sense, good idea, useless
theatre, show, pointless
weekly, week
daily, every day, every morning
update, status report, status
code, software
divide, split, separate
merge, combine, consolidate
bad, poor, wrong
stop, end, kill, drop
begin, start
number, many, count
quantify, measure, number
duration, long, length
`
  .trim()
  .split('\n')
  .map((line) => line.split(', '))
