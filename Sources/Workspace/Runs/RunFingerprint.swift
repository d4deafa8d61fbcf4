import TreeSearch
import Vocabulary

/// The name of a run: a function of its header alone, so the same search has the same name everywhere.
public enum RunFingerprint {
  /// `PROBLEM-sSEED-XXXXXXXX`: the X are the first 8 hexadecimal digits of SHA-256 of the header's canonical JSON.
  public static func of(_ header: RunHeader) throws -> String {
    let digest = SHA256.hex(try CanonicalJSON.data(header)).prefix(8)
    return "\(header.problem.id)-s\(header.seed)-\(digest)"
  }
}
