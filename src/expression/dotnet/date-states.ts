/*
 * How .NET makes sense of a date that follows no one format: a small state machine over numbers, month names and separators.
 * The table is that of dotnet/runtime, DateTimeParse.cs (`dateParsingStates`, MIT), without its East Asian suffixes and eras.
 */

/** What was read: a number, month or year together with what follows it. */
export type DateToken =
  | "end"
  | "number-end"
  | "number-ampm"
  | "number-space"
  | "number-date"
  | "number-time"
  | "month-end"
  | "month-space"
  | "month-date"
  | "weekday"
  | "year-space"
  | "year-date"
  | "year-end"
  | "zone";

/** What was read so far: N a number, M a month by name, Y a year of three or more digits; `d` and `t` a separator behind it. */
export type DateState =
  | "begin"
  | "N"
  | "NN"
  | "Nd"
  | "NsN"
  | "NNd"
  | "M"
  | "MN"
  | "NM"
  | "MNd"
  | "Y"
  | "YN"
  | "YNd"
  | "YM"
  | "YMd"
  | "Nt"
  | "NNt";

/** A date or a time that is complete, by the parts it was given in. */
export type CompleteState =
  | "date NN"
  | "date NNN"
  | "date MN"
  | "date NM"
  | "date MNN"
  | "date YNN"
  | "date YMN"
  | "date YN"
  | "date YM"
  | "date NNY"
  | "time N"
  | "time NN"
  | "time NNN";

/** Where a token leads; no entry means that .NET refuses the text. */
export const DATE_STATES: Readonly<Record<DateState, Partial<Record<DateToken, DateState | CompleteState>>>> = {
  begin: {
    end: "begin",
    "number-ampm": "time N",
    "number-space": "N",
    "number-date": "Nd",
    "number-time": "Nt",
    "month-space": "M",
    "month-date": "M",
    weekday: "begin",
    "year-space": "Y",
    "year-date": "Y",
    zone: "begin",
  },
  N: {
    "number-end": "date NN",
    "number-space": "NN",
    "number-date": "NNd",
    "month-end": "date NM",
    "month-space": "NM",
    "month-date": "MNd",
    weekday: "N",
    "year-space": "YN",
    "year-date": "YNd",
    "year-end": "date YN",
    zone: "N",
  },
  NN: {
    end: "date NN",
    "number-end": "date NNN",
    "number-ampm": "time N",
    "number-space": "date NNN",
    "number-time": "Nt",
    "month-end": "date MNN",
    "month-space": "date MNN",
    weekday: "NN",
    "year-space": "date NNY",
    "year-end": "date NNY",
    zone: "NN",
  },
  Nd: {
    "number-end": "date NN",
    "number-space": "NsN",
    "number-date": "NNd",
    "month-end": "date NM",
    "month-space": "MN",
    "month-date": "MNd",
    weekday: "Nd",
    "year-space": "YN",
    "year-date": "YNd",
    "year-end": "date YN",
  },
  NsN: {
    end: "date NN",
    "number-end": "date NNN",
    "number-ampm": "time N",
    "number-space": "date NNN",
    "number-time": "Nt",
    "month-end": "date MNN",
    "month-space": "date MNN",
    weekday: "NsN",
    "year-space": "date NNY",
    "year-end": "date NNY",
  },
  NNd: {
    "number-end": "date NNN",
    "number-ampm": "date NNN",
    "number-space": "date NNN",
    "month-end": "date MNN",
    "month-space": "date MNN",
    weekday: "NNd",
    "year-space": "date NNY",
    "year-end": "date NNY",
  },
  M: {
    "number-end": "date MN",
    "number-space": "MN",
    "number-date": "MNd",
    weekday: "M",
    "year-space": "YM",
    "year-date": "YMd",
    "year-end": "date YM",
  },
  MN: {
    end: "date MN",
    "number-end": "date MNN",
    "number-ampm": "date MNN",
    "number-space": "date MNN",
    "number-time": "Nt",
    weekday: "MN",
    "year-space": "date YMN",
    "year-end": "date YMN",
  },
  NM: {
    end: "date NM",
    "number-end": "date MNN",
    "number-ampm": "date MNN",
    "number-space": "date MNN",
    "number-time": "Nt",
    weekday: "NM",
    "year-space": "date YMN",
    "year-end": "date YMN",
  },
  MNd: {
    "number-end": "date MNN",
    "number-space": "date MNN",
    weekday: "MNd",
    "year-space": "date YMN",
    "year-end": "date YMN",
  },
  Y: {
    "number-end": "date YN",
    "number-space": "YN",
    "number-date": "YNd",
    "month-end": "date YM",
    "month-space": "YM",
    "month-date": "YMd",
    weekday: "Y",
  },
  YN: {
    end: "date YN",
    "number-end": "date YNN",
    "number-ampm": "date YNN",
    "number-space": "date YNN",
    "month-end": "date YMN",
    "month-space": "date YMN",
    weekday: "YN",
  },
  YNd: {
    "number-end": "date YNN",
    "number-ampm": "date YNN",
    "number-space": "date YNN",
    "month-end": "date YMN",
    "month-space": "date YMN",
    weekday: "YN",
  },
  YM: {
    end: "date YM",
    "number-end": "date YMN",
    "number-ampm": "date YMN",
    "number-space": "date YMN",
    weekday: "YM",
  },
  YMd: {
    "number-end": "date YMN",
    "number-ampm": "date YMN",
    "number-space": "date YMN",
    weekday: "YM",
  },
  Nt: {
    "number-end": "time NN",
    "number-ampm": "time NN",
    "number-space": "time NN",
    "number-time": "NNt",
    "month-end": "date NM",
    "month-space": "NM",
    zone: "Nt",
  },
  NNt: {
    "number-end": "time NNN",
    "number-ampm": "time NNN",
    "number-space": "time NNN",
    weekday: "NNt",
    zone: "NNt",
  },
};

/** Whether a date or time is complete in that state. */
export function isComplete(state: DateState | CompleteState): state is CompleteState {
  return state.startsWith("date ") || state.startsWith("time ");
}
