import type { Standing } from '../accounts.ts';
import type { Harm, Relation } from '../perisai.ts';

/** A list of one kind of thing, with the form that makes another. */
interface Place {
  title: string;
  intro: string;
  label: string;
  make: string;
  empty: string;
}

/** Everything Warung says, in one language. Malay is written first. */
export interface Words {
  language: string;
  tagline: string;
  skip: string;
  menu: {
    feed: string;
    messages: string;
    people: string;
    inbox: (unread: number) => string;
    reports: string;
    enter: string;
    leave: string;
  };
  footer: { demo: string; lapor: string; languages: string };
  feed: { title: string; label: string; hint: string; publish: string; empty: string; older: string };
  post: {
    by: (name: string) => string;
    title: (name: string) => string;
    open: (comments: number) => string;
    edited: string;
    edit: string;
    erase: string;
    report: string;
    comments: string;
    comment: string;
    send: string;
    noComments: string;
    enterToComment: string;
    closed: string;
  };
  state: {
    pending: string;
    hidden: string;
    removed: string;
    labelled: (label: string) => string;
    adults: string;
    measures: Record<'disabled' | 'limited' | 'delisted' | 'demoted' | 'not-recommended' | 'interrupted', string>;
    deleted: string;
    gone: string;
    why: string;
    notices: string;
  };
  standings: Record<Exclude<Standing, 'active'>, string>;
  places: {
    groups: Place;
    lives: Place;
    ads: Place;
    search: { title: string; label: string; go: string; found: (n: number) => string; others: string };
    group: string;
    openGroup: string;
    members: (n: number) => string;
    outside: string;
    enterGroup: string;
    leaveGroup: string;
    insideHint: string;
    running: string;
    ended: string;
    watch: string;
    say: string;
    sayHint: string;
    send: string;
    finish: string;
    ad: (advertiser: string) => string;
    link: string;
    linkHint: string;
    recommended: string;
    attach: string;
    attachHint: string;
    attached: string;
    nothing: string;
    attachments: Record<string, string>;
  };
  labels: Record<string, string>;
  edit: { title: string; label: string; hint: string; save: string; cancel: string };
  erase: { title: string; text: string; yes: string; no: string };
  report: {
    title: string;
    quoted: (name: string) => string;
    harm: string;
    harms: Record<Harm, string>;
    text: string;
    textHint: string;
    language: string;
    forChild: string;
    forChildHint: string;
    forNobody: string;
    relations: Record<Relation, string>;
    send: string;
    help: string;
    helpLines: string[];
    next: string;
    nextText: string;
  };
  reported: {
    title: string;
    thanks: string;
    queued: string;
    refused: string;
    code: string;
    pin: string;
    keep: string;
    status: string;
    acknowledgeBy: string;
    statusBy: string;
    answerBy: string;
    mine: string;
    none: string;
    state: string;
    states: Record<string, string>;
    outcomes: Record<string, string>;
  };
  lapor: { title: string; intro: string; which: string; whichHint: string; email: string; emailHint: string; notFound: string };
  inbox: {
    title: string;
    empty: string;
    statement: string;
    inquire: string;
    appeal: string;
    appealTitle: string;
    appealLabel: string;
    appealHint: string;
    appealSend: string;
  };
  appealed: { queued: string; sent: string; refused: string; status: string; answerBy: string };
  messages: {
    title: string;
    with: (name: string) => string;
    empty: string;
    none: string;
    label: string;
    send: string;
    privacy: string;
    write: string;
  };
  people: { title: string; empty: string; wrote: (name: string) => string };
  enter: {
    title: string;
    intro: string;
    choose: string;
    enter: string;
    join: string;
    handle: string;
    handleHint: string;
    name: string;
    language: string;
    minor: string;
    abroad: string;
    create: string;
  };
  errors: Record<
    | 'title'
    | 'empty'
    | 'too-long'
    | 'harm'
    | 'not-found'
    | 'not-yours'
    | 'log-in'
    | 'already-appealed'
    | 'no-decision'
    | 'unknown-person'
    | 'handle-taken'
    | 'handle-form'
    | 'email'
    | 'restricted'
    | 'closed'
    | 'link'
    | 'broken'
    | 'back',
    string
  >;
}
