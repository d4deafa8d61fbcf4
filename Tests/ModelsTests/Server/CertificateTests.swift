import Foundation
import ServerFixture
import Testing

@testable import Models

/// Encrypted connections: whom a server may be, and by whose word.
struct CertificateTests {
  private static let openssl = "/usr/bin/openssl"
  private static let python = "/usr/bin/python3"

  static var canServe: Bool {
    [openssl, python].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// An authority, and the certificates that it has signed and has not.
  private final class Certificates {
    let folder: URL
    func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let script = """
        set -e
        new="openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        $new -x509 -days 9 -subj /CN=authority -keyout authority.key -out authority.pem
        make() { # name, host, start, end
          $new -subj "/CN=$2" -keyout $1.key -out $1.csr
          printf "subjectAltName=$2\\nbasicConstraints=CA:FALSE\\n" > $1.ext
          rm -f index serial; : > index; echo 01 > serial
          openssl ca -batch -config ca.conf -extfile $1.ext -startdate $3 -enddate $4 -in $1.csr -out $1.crt -notext
          cat $1.crt $1.key > $1.pem
        }
        cat > ca.conf <<'END'
        [ca]
        default_ca = own
        [own]
        database = index
        serial = serial
        new_certs_dir = .
        certificate = authority.pem
        private_key = authority.key
        default_md = sha256
        policy = any
        unique_subject = no
        [any]
        commonName = supplied
        END
        make good IP:127.0.0.1 20200101000000Z 20600101000000Z
        make expired IP:127.0.0.1 20200101000000Z 20210101000000Z
        make elsewhere DNS:elsewhere.example 20200101000000Z 20600101000000Z
        $new -x509 -days 9 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout own.key -out own.crt
        cat own.crt own.key > self-signed.pem
        """
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", script]
      process.currentDirectoryURL = folder
      process.environment = ["PATH": "/usr/bin:/bin"]
      (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  /// Stands before a server and speaks TLS.
  private final class Front {
    private let process = Process()
    let url: String

    init(_ server: LoopbackServer, certificate: String) throws {
      let script = """
        import socket, ssl, sys, threading
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1])
        listener = socket.create_server(("127.0.0.1", 0))
        print(listener.getsockname()[1], flush=True)
        def pump(source, sink):
            try:
                while data := source.recv(65536): sink.sendall(data)
            except OSError: pass
            for end in (source, sink):
                try: end.shutdown(socket.SHUT_RDWR)
                except OSError: pass
        def serve(client):
            try: client = context.wrap_socket(client, server_side=True)
            except (OSError, ssl.SSLError): return client.close()
            server = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
            threading.Thread(target=pump, args=(client, server), daemon=True).start()
            pump(server, client)
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
        """
      process.executableURL = URL(filePath: CertificateTests.python)
      process.arguments = ["-c", script, certificate, "\(server.port)"]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      url = "https://127.0.0.1:\(line.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    deinit { process.terminate() }
  }

  private func connect(_ certificate: String, authorities: String?) async throws -> String {
    let certificates = try Certificates()
    let script = LlamaServerScript()
    let server = try LoopbackServer { script.reply(to: $0) }
    let front = try Front(server, certificate: certificates.path(certificate))
    var settings = ServerSettings()
    settings.attempts = 1
    settings.authorities = authorities.map { certificates.path($0) }
    do {
      return try await ServerModel(urls: [front.url], settings: settings).connect().model
    } catch let error as ServerError {
      #expect(server.requests.isEmpty, "nothing is told to a server that nobody vouches for")
      #expect(error.reason == .tls && !error.isRetryable, "\(error)")
      return error.detail
    }
  }

  @Test(.enabled(if: canServe, "needs openssl and python3"))
  func aServerThatTheAuthorityVouchesForIsSpokenTo() async throws {
    #expect(try await connect("good.pem", authorities: "authority.pem") == "story")
    #expect(try await connect("self-signed.pem", authorities: "own.crt") == "story")
  }

  @Test(
    .enabled(if: canServe, "needs openssl and python3"),
    arguments: [
      ("good.pem", nil), ("self-signed.pem", nil), ("self-signed.pem", "authority.pem"),
      ("expired.pem", "authority.pem"), ("elsewhere.pem", "authority.pem"),
    ] as [(String, String?)])
  func anyOtherIsRefused(_ certificate: String, _ authorities: String?) async throws {
    let words = try await connect(certificate, authorities: authorities)
    #expect(words.hasPrefix("expected an encrypted connection (TLS), got: "), "\(words)")
  }
}
