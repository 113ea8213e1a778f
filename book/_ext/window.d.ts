// What the scripts of a page leave for one another; for `tsc` alone, no page loads it.

/** Another edition of the book: where it stands, and which pages it has. */
interface Edition {
  name: string;
  path: string;
  pages: string[];
}

/** What is told of a symbol; its parts are HTML, but for `colour`, `row` and `say`. */
interface Explained {
  symbol: string;
  name: string;
  role: string;
  colour: string;
  space: string;
  python: string;
  row: string;
  say: string;
}

/** The notation page's address from the root, and each symbol by its macro. */
interface Explanations {
  page: string;
  symbols: Record<string, Explained>;
}

/** What a feature explains: where something lies that it knows, and what the tip then says. */
interface TipKind {
  at(target: EventTarget | null): HTMLElement | null;
  near?(x: number, y: number): HTMLElement | null;
  fill(about: HTMLElement): TipInside | null | Promise<TipInside | null>;
}

interface TipInside {
  html: string;
  colour: string;
}

/** The tip of the page, as `book/_ext/shared/static/tip/tip.js` makes it. */
interface Tip {
  quiet: string;
  about(): HTMLElement | null;
  add(kind: TipKind): void;
  show(about: HTMLElement, kind: TipKind): Promise<void>;
  hide(): void;
  holds(node: EventTarget | null): boolean;
}

type AffineMap = [[number, number, number], [number, number, number]];
type Outputs = ArrayLike<number>[];
type Run = (...values: number[][]) => Outputs;

/** Entries of an output, or numbers that stay. */
type LiveColumn = number[] | { out: number; first: number; step: number; count: number };

/** One thing drawn that moves, as `ebmlib/plot/recording/series.py` writes it. */
interface LiveSeries {
  element: string;
  kind: string;
  sheet: number;
  columns: LiveColumn[];
  map: AffineMap;
  scales: [string, string];
  size: number;
  low?: number;
  high?: number;
  thickest?: number;
  thickness?: number;
  scores?: [number, number, number, number];
  classes?: number[];
}

/** A control, as `ebmlib/plot/live.py` writes it. */
interface LiveSetting {
  name: string;
  kind: string;
  start: unknown;
  low: [number, number];
  high: [number, number];
  at: [number, number][];
  panel: number;
  colour: string;
  largest: number;
  map: AffineMap;
}

/** What a figure's file brings: data, and the functions that the build recorded. */
interface LiveProgram {
  settings: LiveSetting[];
  inputs: string[];
  state: Record<string, number[]>;
  series: LiveSeries[];
  said: { text: string; values: Record<string, number> };
  make: () => Run;
  steps: Record<string, () => Run>;
}

/** One live figure of the page, for its pens and controls. */
interface LiveFigure {
  box: HTMLElement;
  program: LiveProgram;
  now: Record<string, number[]>;
  sheets: SVGSVGElement[];
  shows: (() => void)[];
  resets: (() => void)[];
  turns: number;
  find(sheet: number, element: string): Element;
  paper(map: AffineMap, scales: string[], x: number, y: number): [number, number];
  draw(): void;
  set(name: string, values: number[]): void;
  reset(): void;
}

type LivePen = (figure: LiveFigure, series: LiveSeries) => (out: Outputs) => void;

interface Live {
  figures: Record<string, LiveProgram>;
  pens: Record<string, LivePen>;
  parts: ((figure: LiveFigure) => void)[];
  shown: Record<string, LiveFigure>;
}

/** What the search knows of a place, as `book/_ext/search/records.py` and `names.py` tell it. */
type BookRow = [
  page: number,
  place: string,
  kind: string,
  title: string,
  terms: string[],
  marked: string[],
  defined: string[],
  names: string[],
  text: string,
  called: string[],
];

/** All that the search knows: pages (address, title, number, whom it cites) and Greek letters as one types them. */
interface BookRecords {
  pages: [string, string, string, string][];
  greek: Record<string, string>;
  records: BookRow[];
}

interface BookRecord {
  id: number;
  page: number;
  place: string;
  kind: string;
  title: string;
  address: string;
  pageTitle: string;
  number: string;
  text: string;
  fields: Record<"title" | "terms" | "marked" | "defined" | "called" | "names", string[]>;
}

/** A place that was found; `matches` says of a word whether it was looked for. */
interface BookFound {
  record: BookRecord;
  score: number;
  matches(word: string): boolean;
}

type BookFind = (query: string) => BookFound[];

/** Ways to take words from a text and to find one, as `book/_ext/search/static/words.js` has them. */
interface BookWords {
  all(text: string): string[];
  telling(text: string): string[];
  same(text: string): string;
  forms(word: string): string[];
  parts(word: string): string[];
  joined(word: string): string;
  stem(word: string): string;
}

interface SearchHit {
  id: number;
  score: number;
  terms: string[];
  queryTerms: string[];
}

interface SearchLibrary {
  addAllAsync(records: object[], options: object): Promise<void>;
  search(query: object, options: object): SearchHit[];
}

interface Window {
  MiniSearch: new (options: object) => SearchLibrary;
  porter2(word: string): string;
  bookRecords: BookRecords;
  bookWords(greek: Record<string, string>): BookWords;
  bookSearch(records: BookRecords): Promise<BookFind>;
  ebmLive: Live;
  bookEditions?: { here: string; root: string; newest: string; all: Edition[] };
  bookTip: Tip;
  bookTheme: { toggle(): void };
  mathsSymbols: Explanations;
  runSeconds?: Record<string, number>;
}
