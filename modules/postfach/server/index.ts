/** What other modules may use of »postfach«: nothing yet. Everything else in this folder is private. */
export {};
