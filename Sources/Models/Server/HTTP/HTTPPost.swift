import Foundation

/// Posts one body to an address that a person gave, for what is no model's server.
package enum HTTPPost {
  /// Why it did not arrive, in words without the address's secrets.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private static let longestAnswer = 1 << 20

  /// Posts `body` as JSON, and gives what comes back where it was taken.
  ///
  /// Throws ``Failure`` for an address that is none of HTTP's, where nobody answers within `seconds`, and where it is refused.
  @discardableResult
  package static func json(_ body: Data, to address: String, seconds: Double = 30) async throws -> Data {
    guard let parts = URLComponents(string: address), ["http", "https"].contains(parts.scheme?.lowercased()),
      parts.host?.isEmpty == false
    else { throw Failure(description: "expected an address that begins with http:// or https://") }
    let transport = HTTPTransport()
    var call = HTTPTransport.Call(
      url: address, headers: ["Content-Type: application/json", "Accept: application/json"], body: body, idle: seconds)
    call.longestBody = longestAnswer
    var (status, answer) = (0, Data())
    do {
      for try await event in transport.events(call) {
        switch event {
        case .head(let code, _): status = code
        case .data(let data): answer += data
        }
      }
    } catch let failure as HTTPTransport.Failure {
      switch failure {
      case .idle: throw Failure(description: "nobody answered within \(Int(seconds)) s")
      case .excess(let expected): throw Failure(description: "expected \(expected)")
      case .transfer(_, let words, _): throw Failure(description: words)
      }
    }
    guard (200..<300).contains(status) else { throw Failure(description: "it was refused with status \(status)") }
    return answer
  }
}
