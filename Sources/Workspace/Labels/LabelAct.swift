import Vocabulary

/// What a label can be about, without what it says.
enum LabelKind: UInt8, Sendable {
  case step, flag, verdict, finish, completion, note
}

/// A kind of label with the type of what it says: how ``LabelLedger/said(_:of:by:purposes:withRetracted:)`` is asked.
public struct LabelAct<Value: Sendable>: Sendable {
  let kind: LabelKind
  /// The value of a number in the ledger, whose texts are given.
  let value: @Sendable (Int32, [String]) -> Value?
}

extension LabelAct<StepLabel> {
  /// What a step is.
  public static var step: Self { Self(kind: .step) { code, _ in StepLabel(rawValue: Int(code)) } }
}

extension LabelAct<Judgement.Verdict> {
  /// What a trajectory is.
  public static var verdict: Self { Self(kind: .verdict) { code, _ in LabelLedger.verdicts[Int(code)] } }
}

extension LabelAct<Label.Finish> {
  /// How a problem ends.
  public static var finish: Self { Self(kind: .finish) { code, _ in LabelLedger.finishes[Int(code)] } }
}

extension LabelAct<Bool> {
  /// Whether a step is flagged.
  public static var flag: Self { Self(kind: .flag) { code, _ in code == 1 } }
}

extension LabelAct<String> {
  /// A person's own text for the step that follows.
  public static var completion: Self { Self(kind: .completion) { code, texts in texts[Int(code)] } }
  /// Remarks; a later one takes no earlier one's place.
  public static var note: Self { Self(kind: .note) { code, texts in texts[Int(code)] } }
}
