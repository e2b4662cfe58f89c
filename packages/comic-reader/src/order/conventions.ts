/** Thresholds of the reading order, by which authors and readers agree about less clear layouts. */
export interface Conventions {
  /** Largest overlap of two boxes in sequence, as a share of the smaller one's side. */
  overlap: number;
  /** Largest raggedness of rows of panels, as a share of a panel's height, if columns are straight. */
  ragged: number;
  /** Share of the smaller height that two panels of one row have in common. */
  sameRow: number;
  /** Weight of the way across beside the way down, where no line separates boxes. */
  across: number;
  /**
   * Least gap between columns of equal panels, in gaps between the panels of a column, for a page that is read column by column.
   * In manga the gutters between columns are narrower than those between rows, so wider ones mean that the columns are strips; so
   * do four equal panels in each, even if all gaps are alike. Western grids have equal gaps and are read by rows.
   */
  strips: number;
  mangaColumns: number;
  westernColumns: number;
  /** Reach of a balloon beyond its lettering, in heights of a line: readers see balloons, but only lettering is found. */
  margin: number;
  /** Read from the left, rows of bubbles come first unless they overlap by more than this and columns do not. */
  rowsFirst: number;
  /** Read from the right, a horizontal band between balloons comes first if it is this high, in their heights: less is chance. */
  rowApart: number;
  /**
   * Read from the left, how much a way through the bubbles that is longer by one nat counts against rows, in heights of an empty
   * band, and at most. High and low bubbles that take turns are one row, since after the high ones the eyes go all the way back
   * for the low ones; a wide empty band counts more.
   */
  wayBack: number;
  mostWayBack: number;
}

/** Conventions under which every unambiguous page that was looked at is in order, given its true boxes. */
export const usual: Conventions = {
  overlap: 0.3,
  ragged: 0.2,
  sameRow: 0.6,
  across: 0.5,
  strips: 0.8,
  mangaColumns: 1.3,
  westernColumns: 1.6,
  margin: 0.9,
  rowsFirst: 0.2,
  rowApart: 0.2,
  wayBack: 0.6,
  mostWayBack: 0.3,
};
