import TreeSearch
import Vocabulary

/// Compares a stated answer with a reference: for reports, never for a search.
public enum ReferenceAnswer {
  /// True where `answer` says the same as `reference`; nil without a reference.
  ///
  /// A reference may be a bare answer or a whole solution in ``AnswerFormat``. Numbers are compared by value, so `25.0` and
  /// `25` agree; everything else by normalised text. No answer is never correct.
  public static func agrees(_ answer: String?, with reference: String?) -> Bool? {
    guard let reference else { return nil }
    guard let answer else { return false }
    return AnswerFormat.agree(answer, AnswerFormat.answer(in: reference) ?? reference)
  }
}
