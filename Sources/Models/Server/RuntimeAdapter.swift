import Foundation
import Vocabulary

/// Adapters that a server loads while it runs: vLLM's `/v1/load_lora_adapter`, which answers in plain words.
package enum RuntimeAdapter {
  /// Has the server at `url` load the adapter in `folder` under `name`, by which requests then choose it. The folder is read on the
  /// server's side. One that is loaded already under that name is taken as it is.
  ///
  /// - Returns: How the adapter is reached, as `--model` takes it.
  /// - Throws: ``ModelError`` for what is no URL and where the server refuses, with its words; `CancellationError`.
  package static func load(
    _ name: String, from folder: String, on url: String, key: ServerKey?, authorities: String? = nil
  ) async throws
    -> String
  {
    let address = try ServerAddress(url)
    let path = "/v1/load_lora_adapter"
    var headers = ["Accept: */*", "Content-Type: application/json"]
    if let authorization = address.authorization(key) { headers.append(authorization) }
    let call = HTTPTransport.Call(
      url: address.url(path).absoluteString, headers: headers,
      body: try JSONSerialization.data(withJSONObject: ["lora_name": name, "lora_path": folder], options: .sortedKeys),
      // A large adapter takes its time.
      idle: 600, authorities: authorities)
    var (status, body) = (0, Data())
    // Kept until the answer has come: a transport ends its transfers with itself.
    let http = HTTPTransport()
    defer { withExtendedLifetime(http) {} }
    do {
      for try await event in http.events(call) {
        switch event {
        case .head(let code, _): status = code
        // Words for people: a page of them is enough.
        case .data(let data): body += data.prefix(max(0, 4096 - body.count))
        }
      }
    } catch is HTTPTransport.Failure {
      throw ModelError(address.shown, "\(path): expected an answer, got none")
    }
    try Task.checkCancellation()
    let words = address.secrets(key).message(String(decoding: body, as: UTF8.self))
    guard status == 200 || words.contains("already been loaded") || words.contains("already loaded") else {
      let hint =
        status == 404
        ? "; vLLM takes adapters at run time with --enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=True" : ""
      throw ModelError(address.shown, "\(path): status \(status): \(SafeText.quotation(words, limit: 200))\(hint)")
    }
    let plain = url.split(separator: "#", maxSplits: 1).first.map(String.init) ?? url
    return "\(plain)#\(name)"
  }
}
