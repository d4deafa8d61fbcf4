import Synchronization

/// The digest of weights, computed when somebody first asks for it: hashing takes longer than everything else that opening a
/// model does.
final class Fingerprint: Sendable {
  private let weights: Checkpoint
  private let known = Mutex<String?>(nil)

  init(of weights: Checkpoint) { self.weights = weights }

  /// ``Checkpoint/fingerprint``. Complexity: O(bytes) once; whoever asks meanwhile waits.
  var value: String {
    known.withLock { known in
      let value = known ?? weights.fingerprint
      known = value
      return value
    }
  }
}
