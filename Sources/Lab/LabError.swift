/// Why a laboratory could not do what it was asked for.
public struct LabError: Error, CustomStringConvertible, Sendable {
  /// What kind of failure it is: a program's exit code depends on nothing else.
  public enum Kind: Sendable {
    /// A setting cannot be used; nothing was begun.
    case settings
    /// The work failed.
    case failed
    /// Something that was asked for stopped the work; what was done is saved.
    case stopped
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// One line for the user.
  public let description: String

  package init(kind: Kind, description: String) { (self.kind, self.description) = (kind, description) }

  package static func settings(_ message: String) -> LabError { LabError(kind: .settings, description: message) }
  package static func failed(_ message: String) -> LabError { LabError(kind: .failed, description: message) }
  package static func stopped(_ message: String) -> LabError { LabError(kind: .stopped, description: message) }
}

/// The version of this software, in one place.
public enum EtascopeVersion {
  /// What runs are stamped with.
  public static let current = "0.1.0"
}
