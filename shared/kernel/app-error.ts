/** A code that names one refusal or failure: `room.what`. Its sentence is `refusal.<code>` in `resources/text`. */
export type ErrorCode = `${string}.${string}`;

export type ErrorParams = Readonly<Record<string, string | number>>;

/** An expected failure, thrown where it is known and turned into a sentence at the door. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.params = params;
  }
}
