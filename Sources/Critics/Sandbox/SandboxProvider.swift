import Foundation

/// Finds out once, when a tool first asks, whether this machine can provide the sandbox.
public actor SandboxProvider {
  /// What was found.
  public enum Availability: Sendable {
    /// Every part is there, and the self-test passed.
    case works(Sandbox)
    /// Why there is none, in plain words.
    case missing(String)
  }

  private let limits: SandboxLimits
  private let atOnce: Int
  private let root: String
  private var found: Task<Availability, Never>?

  /// A provider of sandboxes with these limits, `atOnce` programs at a time.
  public init(limits: SandboxLimits = SandboxLimits(), atOnce: Int = 4) {
    self.init(limits: limits, atOnce: atOnce, root: "")
  }

  /// - Parameter root: where the sandbox's parts are looked for; tests take them away.
  init(limits: SandboxLimits, atOnce: Int, root: String) {
    self.limits = limits
    self.atOnce = atOnce
    self.root = root
  }

  /// The sandbox, or why there is none.
  public func find() async -> Availability {
    if let found { return await found.value }
    let task = Task { await search() }
    found = task
    return await task.value
  }

  private func search() async -> Availability {
    guard SystemCallFilter.current != nil else { return .missing("no system call filter for this processor") }
    let parts = [
      ("bwrap", "bubblewrap"), ("prlimit", "util-linux"), ("python3", "python3"),
    ]
    for (name, package) in parts + (getuid() == 0 ? [("setpriv", "util-linux")] : [])
    where !FileManager.default.isExecutableFile(atPath: "\(root)/usr/bin/\(name)") {
      return .missing("/usr/bin/\(name) is missing (package \(package))")
    }
    let sandbox = Sandbox(limits: limits, atOnce: atOnce)
    do {
      let result = try await sandbox.run(SelfTest.program)
      if result.ending == .finished, result.output == SelfTest.expected { return .works(sandbox) }
      let said = result.ending == .finished ? ToolFinding.safe(result.output) : result.ending.words
      return .missing("the self-test failed: \(said)")
    } catch {
      return .missing("the self-test failed: \(error)")
    }
  }
}

/// A program that tries what it must not be able to do, and says what it could.
enum SelfTest {
  static let expected = "contained\n"

  static let program = """
    os = __import__("os")
    broken = []
    def must_fail(what, act):
        try:
            act()
        except Exception:
            return
        broken.append(what)
    if os.getuid() == 0: broken.append("it runs as root")
    if set(os.environ) - {"PATH", "PWD", "LC_CTYPE"}: broken.append("it sees the environment")
    if set(os.listdir("/")) - {"bin", "dev", "lib", "lib64", "proc", "usr"}: broken.append("it sees files")
    if os.listdir("/proc"): broken.append("it sees processes")
    for folder in ("/", "/dev", "/dev/shm", "/usr", "/usr/lib"):
        must_fail("it can write to " + folder, lambda: open(folder + "/x", "w"))
    must_fail("it can start processes", os.fork)
    must_fail("it can open sockets", lambda: __import__("_socket").socket())
    must_fail("memory is not bounded", lambda: bytearray(1 << 40))
    first = os.getppid()
    must_fail("it can write into other processes", lambda: open("/proc/%d/mem" % first, "r+b", 0))
    def call(*numbers):
        from ctypes import CDLL, get_errno
        if CDLL(None, use_errno=True).syscall(*numbers) < 0: raise OSError(get_errno())
    wide = os.uname().machine == "x86_64"
    must_fail("it can trace other processes", lambda: call(101 if wide else 117, 0x4206, first, 0, 0))
    must_fail("it can read other processes", lambda: call(310 if wide else 270, first, 0, 0, 0, 0, 0))
    must_fail("it can write into other processes", lambda: call(311 if wide else 271, first, 0, 0, 0, 0, 0))
    must_fail("it can take hold of other processes", lambda: call(434, first, 0))
    resource = __import__("resource")
    for limit in ("CPU", "AS", "FSIZE"):
        limit = getattr(resource, "RLIMIT_" + limit)
        if resource.prlimit(first, limit)[1] == resource.RLIM_INFINITY: broken.append("limits leave out its first process")
    print("; ".join(broken) or "contained")
    """
}
