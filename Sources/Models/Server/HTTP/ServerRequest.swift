import Foundation

/// A request to a server: a path below its base URL, and a JSON body where something is posted.
struct ServerRequest: Sendable {
  let path: String
  let body: Data?

  /// Asks for `path`.
  init(get path: String) {
    self.path = path
    body = nil
  }

  /// Posts `fields`, which hold what JSON can hold.
  init(post path: String, _ fields: [String: Any]) throws {
    self.path = path
    body = try JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])
  }
}
