package northwind;

enum Cell {
    CANADA, UNITED_STATES
}
