import Vocabulary

/// An error that knows whether asking again could ever help.
package protocol ExplainedFailure: Error {
  /// Why the same request will never be answered; nil where it may be, a little later.
  var permanence: PermanentFailure? { get }
}

extension Error {
  /// Why what failed so will never be answered; nil where it may be, and where the error does not know.
  package var permanence: PermanentFailure? { (self as? any ExplainedFailure)?.permanence }
}

extension ServerError: ExplainedFailure {
  /// What stays so however often it is asked. Attempts have been made by then: a shape that is wrong each time will be.
  package var permanence: PermanentFailure? {
    switch reason {
    case .contextOverflow: .context
    case .rejected, .forbidden, .tls, .otherModel: .refused
    case .noLogProbabilities, .notANumber: .labels
    case .shape, .excess: .shape
    case .empty: .empty
    case .unsupported: .unsupported
    case .refused, .unreachable, .slow, .cut, .busy, .failed, .notJSON: nil
    }
  }
}

extension ModelError: ExplainedFailure {
  /// A model of this process says the same each time.
  package var permanence: PermanentFailure? { isOverflow ? .context : .unsupported }
}
