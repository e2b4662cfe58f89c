/**
 * All errors that the flow handles by name. Step Functions matches `Error` against `name`, so names are written as
 * strings: a minifier renames classes, but not strings.
 */
export class PipelineError extends Error {
  override readonly name: string = 'PipelineError';
}

/** The chapter itself can't be used: not an archive, no pages, an invalid image. A retry can't help. */
export class ChapterUnreadable extends PipelineError {
  override readonly name = 'ChapterUnreadable';
}

/** The source can't provide the chapter now: it, or its network, is down or busy. A retry can help. */
export class SourceUnavailable extends PipelineError {
  override readonly name = 'SourceUnavailable';
}

/** The execution of the job was stopped, so none of its steps continues with it until the execution is redriven. */
export class ExecutionStopped extends PipelineError {
  override readonly name = 'ExecutionStopped';
}

/** The pages could not be turned into a script. */
export class NarrationFailed extends PipelineError {
  override readonly name = 'NarrationFailed';
}

/** The chapter could not be read or told well enough to be published without a check; the message has the reasons. */
export class ChapterDoubtful extends PipelineError {
  override readonly name = 'ChapterDoubtful';
}

/** A segment of the script could not be spoken. */
export class SpeechFailed extends PipelineError {
  override readonly name = 'SpeechFailed';
}

/** The renderer could not make the video. The specification gives this name to the renderer's callback. */
export class RenderError extends PipelineError {
  override readonly name = 'RenderError';
}

/** A person looked at the video and does not want it published; the message is their reason. */
export class ReviewRejected extends PipelineError {
  override readonly name = 'ReviewRejected';
}

/** The uploader could not publish the video. The specification gives this name to the uploader's callback. */
export class UploadError extends PipelineError {
  override readonly name = 'UploadError';
}

/**
 * YouTube refuses the channel until a person does something: the consent is revoked, the channel is suspended. Nothing more is made
 * for it until then.
 */
export class ChannelRefused extends PipelineError {
  override readonly name = 'ChannelRefused';
}

/** YouTube accepts no more uploads of the channel today; it is not tried again. */
export class YouTubeQuotaError extends PipelineError {
  override readonly name = 'YouTubeQuotaError';
}

/** EC2 interrupted the machine, or it disappeared; a new one continues from the checkpoints. */
export class SpotInterrupted extends PipelineError {
  override readonly name = 'SpotInterrupted';
}

/** No zone has Spot capacity of any type; a later attempt can succeed. */
export class SpotCapacityUnavailable extends PipelineError {
  override readonly name = 'SpotCapacityUnavailable';
}

/** A setting of the operator is missing or wrong; the message names it and who sets it. */
export class ConfigurationError extends PipelineError {
  override readonly name = 'ConfigurationError';
}

/** An artifact of an earlier step is missing or does not match its schema. */
export class ArtifactInvalid extends PipelineError {
  override readonly name = 'ArtifactInvalid';
}
