/// A classic BPF program for the kernel's seccomp: which system calls a sandboxed program may not make.
///
/// The sandbox's namespaces already leave nothing to reach. What the filter adds: one process (threads only, so that the
/// limit on address space bounds all its memory), no sockets of any kind, no shared memory beside the address space, and
/// none of the calls through which kernels were broken (user namespaces, io_uring, bpf, keys, mounts, tracing) or by which one process
/// gets hold of another.
struct SystemCallFilter {
  /// The program, as the kernel reads it: 8 bytes an instruction, in the machine's byte order.
  let bytes: [UInt8]

  /// The filter of this processor; nil where its system calls are not known here.
  static let current: SystemCallFilter? = {
    #if arch(x86_64)
      SystemCallFilter(x86)
    #elseif arch(arm64)
      SystemCallFilter(arm)
    #else
      nil
    #endif
  }()

  /// Numbers of one processor's system calls (linux/audit.h, asm/unistd.h).
  private struct Table {
    let architecture: UInt32
    let clone: UInt32
    /// Never allowed.
    let denied: [UInt32]
    /// Bit 30 marks calls by another convention (x32), whose numbers mean something else.
    let hasOtherConvention: Bool
  }

  /// Answered with "no such system call", so that the C library falls back to `clone`, whose flags can be looked at.
  private static let clone3: UInt32 = 435

  /// pidfd_send_signal, pidfd_open, pidfd_getfd, process_madvise, process_mrelease: of one number everywhere.
  private static let pidfds: [UInt32] = [424, 434, 438, 440, 448]

  private static let x86 = Table(
    architecture: 0xC000_003E, clone: 56,
    denied: [
      41, 53,  // socket, socketpair
      57, 58,  // fork, vfork
      29, 64, 68, 240,  // shmget, semget, msgget, mq_open
      319, 447,  // memfd_create, memfd_secret
      101, 310, 311, 312,  // ptrace, process_vm_readv, process_vm_writev, kcmp
      155, 161, 165, 166, 167, 272, 308,  // pivot_root, chroot, mount, umount2, swapon, unshare, setns
      248, 249, 250,  // add_key, request_key, keyctl
      298, 321, 323,  // perf_event_open, bpf, userfaultfd
      425, 426, 427,  // io_uring
      428, 429, 430, 431, 432, 433, 442,  // open_tree … fspick, mount_setattr
      135, 169, 175, 246, 313, 320,  // personality, reboot, modules, kexec
      303, 304, 300,  // name_to_handle_at, open_by_handle_at, fanotify_init
    ] + pidfds, hasOtherConvention: true)

  private static let arm = Table(
    architecture: 0xC000_00B7, clone: 220,
    denied: [
      198, 199,  // socket, socketpair
      194, 190, 186, 180,  // shmget, semget, msgget, mq_open
      279, 447,  // memfd_create, memfd_secret
      117, 270, 271, 272,  // ptrace, process_vm_readv, process_vm_writev, kcmp
      41, 51, 40, 39, 224, 97, 268,  // pivot_root, chroot, mount, umount2, swapon, unshare, setns
      217, 218, 219,  // add_key, request_key, keyctl
      241, 280, 282,  // perf_event_open, bpf, userfaultfd
      425, 426, 427,  // io_uring
      428, 429, 430, 431, 432, 433, 442,  // open_tree … fspick, mount_setattr
      92, 142, 105, 104, 273, 294,  // personality, reboot, modules, kexec
      264, 265, 262,  // name_to_handle_at, open_by_handle_at, fanotify_init
    ] + pidfds, hasOtherConvention: false)

  private init(_ table: Table) {
    let (allow, kill): (UInt32, UInt32) = (0x7FFF_0000, 0x8000_0000)
    let (notPermitted, noSuchCall): (UInt32, UInt32) = (0x0005_0000 | 1, 0x0005_0000 | 38)
    let threadFlag: UInt32 = 0x1_0000
    var code: [Instruction] = [
      .load(4), .skip(1, ifEqual: table.architecture), .answer(kill),
      .load(0),
    ]
    if table.hasOtherConvention { code += [.skip(1, ifBelow: 0x4000_0000), .answer(notPermitted)] }
    code += [.skipUnless(1, equal: Self.clone3), .answer(noSuchCall)]
    for number in table.denied { code += [.skipUnless(1, equal: number), .answer(notPermitted)] }
    code += [
      .skipUnless(3, equal: table.clone), .load(16), .skip(1, ifAnyBit: threadFlag), .answer(notPermitted),
      .answer(allow),
    ]
    bytes = code.flatMap(\.bytes)
  }

  /// One instruction of classic BPF (linux/filter.h).
  private struct Instruction {
    let code: UInt16
    var whenTrue: UInt8 = 0
    var whenFalse: UInt8 = 0
    let operand: UInt32

    /// Loads the word at `offset` of the call's description: 0 the number, 4 the architecture, 16 the first argument.
    static func load(_ offset: UInt32) -> Self { Self(code: 0x20, operand: offset) }
    static func skip(_ count: UInt8, ifEqual value: UInt32) -> Self {
      Self(code: 0x15, whenTrue: count, operand: value)
    }
    static func skipUnless(_ count: UInt8, equal value: UInt32) -> Self {
      Self(code: 0x15, whenFalse: count, operand: value)
    }
    static func skip(_ count: UInt8, ifBelow value: UInt32) -> Self {
      Self(code: 0x35, whenFalse: count, operand: value)
    }
    static func skip(_ count: UInt8, ifAnyBit bits: UInt32) -> Self {
      Self(code: 0x45, whenTrue: count, operand: bits)
    }
    static func answer(_ value: UInt32) -> Self { Self(code: 0x06, operand: value) }

    var bytes: [UInt8] {
      withUnsafeBytes(of: code) { Array($0) } + [whenTrue, whenFalse] + withUnsafeBytes(of: operand) { Array($0) }
    }
  }
}
