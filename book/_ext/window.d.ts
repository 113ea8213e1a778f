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

interface Window {
  bookEditions?: { here: string; root: string; newest: string; all: Edition[] };
  bookSummaries?: Record<string, string>;
  bookTheme: { toggle(): void };
  mathsSymbols: Explanations;
  runSeconds?: Record<string, number>;
}
