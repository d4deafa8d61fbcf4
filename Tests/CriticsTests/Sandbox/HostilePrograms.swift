/// Programs that try to get out, to stay, or to use up the machine.
struct HostileProgram: Sendable, CustomStringConvertible {
  let description: String
  let program: String
  /// What the verdict must say.
  let stop: String
  /// What it may say instead: on some machines another limit is reached first.
  var orStop: String?
  /// It uses no processor time: only the limit on the whole time ends it.
  var waits: Bool { stop == Self.wallTime }

  init(_ description: String, stop: String, or orStop: String? = nil, _ program: String) {
    self.description = description
    self.program = program
    self.stop = stop
    self.orStop = orStop
  }

  private static let notPermitted = "Operation not permitted"
  private static let readOnly = "Read-only file system"
  private static let absent = "No such file or directory"
  private static let processorTime = "limit of 1 s of processor time"
  private static let wallTime = "limit of 2 s"
  private static let output = "bytes of output"
  private static let tooBig = "MemoryError"

  static let all = processes + cage + memory + time + writing + reading + network + kernel + interpreter

  private static let libc = "import ctypes; c = ctypes.CDLL(None, use_errno=True)\n"
  private static func call(_ expression: String) -> String {
    libc
      + "r = \(expression)\nif r < 0: raise OSError(ctypes.get_errno(), __import__('os').strerror(ctypes.get_errno()))\n"
  }

  private static let processes = [
    HostileProgram("fork bomb", stop: notPermitted, "import os\nwhile True: os.fork()"),
    HostileProgram("fork by the raw system call", stop: notPermitted, call("c.syscall(57)")),
    HostileProgram("clone without threads", stop: notPermitted, call("c.syscall(56, 17, 0, 0, 0, 0)")),
    HostileProgram(
      "vfork and exec of a shell", stop: notPermitted, "import subprocess\nsubprocess.run(['/bin/sh', '-c', 'id'])"),
    HostileProgram("os.system", stop: "exit status 3", "import os, sys\nsys.exit(3 if os.system('id') != 0 else 0)"),
    HostileProgram(
      "multiprocessing", stop: notPermitted, "import multiprocessing as m\np = m.Process(target=print)\np.start()"),
    HostileProgram("pseudo-terminal", stop: notPermitted, "import pty\npty.spawn('/bin/sh')"),
    HostileProgram(
      "thread bomb", stop: "can't start new thread",
      "import threading\ne = threading.Event()\nwhile True: threading.Thread(target=e.wait, daemon=True).start()"),
    HostileProgram(
      "signal to the parent", stop: "killed by SIGTERM",
      "import os, signal\nos.kill(os.getppid(), 9)\nos.kill(os.getpid(), 15)"),
    HostileProgram(
      "signal to everybody", stop: "killed by SIGKILL",
      "import os\ntry:\n    os.kill(-1, 9)\nexcept OSError: pass\nos.kill(os.getpid(), 9)"),
    HostileProgram(
      "signal to a process of the host", stop: "No such process",
      "import os\nfor p in range(100, 30000):\n    try: os.kill(p, 0)\n    except ProcessLookupError as e: last = e\n    else: print('reached', p)\nraise last"
    ),
    HostileProgram("trace the parent", stop: notPermitted, call("c.ptrace(16, 1, 0, 0)")),
    HostileProgram(
      "daemon that outlives", stop: notPermitted,
      "import os\nos.setsid() if os.getpid() != os.getsid(0) else 0\nos.fork()"),
    HostileProgram(
      "exec of another program", stop: "exit status 1", "import os\nos.execv('/usr/bin/false', ['false'])"),
  ]

  /// What would reach the cage's own first process, which has the program's user.
  private static let cage = [
    HostileProgram(
      "write into the first process", stop: absent,
      """
      m = open('/proc/1/mem', 'r+b', 0)
      a = [int(l.split('-')[0], 16) for l in open('/proc/1/maps') if ' r-xp ' in l][0]
      m.seek(a)
      m.write(b'\\xeb\\xfe' * 2048)
      """),
    HostileProgram("read the first process's memory", stop: absent, "open('/proc/1/maps').read()"),
    HostileProgram("mount the processes", stop: notPermitted, call("c.mount(b'proc', b'/proc', b'proc', 0, 0)")),
    HostileProgram("seize the first process", stop: notPermitted, call("c.ptrace(0x4206, 1, 0, 0)")),
    HostileProgram(
      "write into the first process by a system call", stop: notPermitted, call("c.process_vm_writev(1, 0, 0, 0, 0, 0)")
    ),
    HostileProgram(
      "read the first process by a system call", stop: notPermitted, call("c.process_vm_readv(1, 0, 0, 0, 0, 0)")),
    HostileProgram("hold the first process", stop: notPermitted, call("c.syscall(434, 1, 0)")),
    HostileProgram("steal a file of the first process", stop: notPermitted, call("c.syscall(438, 0, 0, 0)")),
    HostileProgram("give the first process back its memory", stop: notPermitted, call("c.syscall(440, 0, 0, 0, 4, 0)")),
    HostileProgram(
      "lift the first process's limits", stop: notPermitted,
      "import resource as r\nr.prlimit(1, r.RLIMIT_CPU, (999, 999))"),
    HostileProgram(
      "stop the first process", stop: wallTime,
      "import os, signal, time\nfor n in range(1, 64):\n    try: os.kill(1, n)\n    except OSError: pass\ntime.sleep(10 ** 6)"
    ),
    HostileProgram("open a file by its handle", stop: notPermitted, call("c.open_by_handle_at(0, b'0' * 16, 0)")),
  ]

  private static let memory = [
    HostileProgram("memory bomb", stop: tooBig, "a = []\nwhile True: a.append(bytearray(1 << 24))"),
    HostileProgram("one huge allocation", stop: tooBig, "a = bytearray(1 << 40)"),
    HostileProgram("huge integer", stop: processorTime, "x = 3\nwhile True: x = x * x"),
    HostileProgram("huge power", stop: processorTime, "x = 7 ** (10 ** 8)\nprint(str(x)[:5])"),
    HostileProgram("huge string", stop: tooBig, "s = 'a' * (1 << 33)"),
    HostileProgram("huge mapping", stop: "Cannot allocate memory", "import mmap\nmmap.mmap(-1, 1 << 36)"),
    HostileProgram("memory file", stop: notPermitted, "import os\nos.memfd_create('x')"),
    HostileProgram("shared memory", stop: notPermitted, call("c.shmget(0, 1 << 30, 0o1666)")),
    HostileProgram("message queue", stop: notPermitted, call("c.msgget(0, 0o1666)")),
    HostileProgram(
      "named shared memory", stop: readOnly,
      "from multiprocessing import shared_memory\nshared_memory.SharedMemory(create=True, size=1 << 20)"),
    HostileProgram("deep recursion", stop: "RecursionError", "def f(): return f() + 1\nf()"),
    HostileProgram(
      "deep recursion without Python's limit", stop: tooBig, or: processorTime,
      "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(n): return f(n + 1) + 1\nf(0)"),
    HostileProgram(
      "deep recursion of the parser", stop: "too many nested parentheses", "eval('(' * 100000 + ')' * 100000)"),
    HostileProgram(
      "deep recursion in C", stop: "killed by SIGSEGV",
      "a = ()\nfor _ in range(5 * 10 ** 5): a = (a,)\nhash(a)"),
    HostileProgram(
      "decompression bomb", stop: tooBig, or: processorTime,
      "import zlib\nb = zlib.compress(b'0' * (1 << 26))\nx = [zlib.decompress(b) for _ in range(1000)]"),
  ]

  private static let time = [
    HostileProgram("endless loop", stop: processorTime, "while True: pass"),
    HostileProgram(
      "endless loop that catches everything", stop: processorTime,
      "while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
    HostileProgram(
      "endless loop that ignores signals", stop: processorTime,
      "import signal\nfor n in range(1, 64):\n    try: signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError): pass\nwhile True: pass"
    ),
    HostileProgram("endless sleep", stop: wallTime, "import time\ntime.sleep(10 ** 6)"),
    HostileProgram(
      "sleep with closed descriptors", stop: wallTime, "import os, time\nos.close(1)\nos.close(2)\ntime.sleep(10 ** 6)"),
    HostileProgram(
      "sleep that ignores SIGTERM", stop: wallTime,
      "import signal, time\nsignal.signal(15, signal.SIG_IGN)\ntime.sleep(10 ** 6)"),
    HostileProgram("stops itself", stop: wallTime, "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
    HostileProgram(
      "catastrophic regular expression", stop: processorTime, "import re\nre.match('(a+)+$', 'a' * 40 + 'b')"),
    HostileProgram("waits for input", stop: "EOFError", "input()"),
    HostileProgram(
      "raises its own limits", stop: "not allowed to raise maximum limit",
      "import resource as r\nr.setrlimit(r.RLIMIT_CPU, (999, 999))"),
  ]

  private static let writing = [
    HostileProgram("endless output", stop: output, "while True: print('x' * 1000)"),
    HostileProgram("endless error output", stop: output, "import sys\nwhile True: sys.stderr.write('x' * 1000)"),
    HostileProgram("write a file at the top", stop: readOnly, "open('/escaped', 'w')"),
    HostileProgram("write to /tmp", stop: absent, "open('/tmp/escaped', 'w')"),
    HostileProgram("write to the shared memory folder", stop: readOnly, "open('/dev/shm/escaped', 'w')"),
    HostileProgram("write to /usr", stop: readOnly, "open('/usr/bin/escaped', 'w')"),
    HostileProgram("remove the interpreter", stop: readOnly, "import os\nos.remove('/usr/bin/python3')"),
    HostileProgram("make a folder", stop: readOnly, "import os\nos.mkdir('/usr/escaped')"),
    HostileProgram("symbolic link out of the view", stop: readOnly, "import os\nos.symlink('/etc', '/proc/../x')"),
    HostileProgram("write through a process's root", stop: absent, "open('/proc/self/root/escaped', 'w')"),
    HostileProgram(
      "write kernel settings", stop: absent, "open('/proc/sys/kernel/hostname', 'w').write('x')"),
  ]

  private static let reading = [
    HostileProgram("read the password file", stop: absent, "open('/etc/passwd').read()"),
    HostileProgram("read the home folder", stop: absent, "import os\nos.listdir('/root')"),
    HostileProgram("read by climbing", stop: absent, "open('../../../../../../etc/shadow').read()"),
    HostileProgram("read through the first process's root", stop: absent, "import os\nos.listdir('/proc/1/root/etc')"),
    HostileProgram(
      "walk /proc for other processes", stop: "exit status 7",
      "import os, sys\nprint([open(f'/proc/{p}/cmdline').read()[:20] for p in os.listdir('/proc') if p.isdigit()])\nsys.exit(7 if sum(p.isdigit() for p in os.listdir('/proc')) <= 2 else 0)"
    ),
    HostileProgram(
      "read another process's environment", stop: "exit status 7",
      "import os, sys\nfound = [k for k in os.environ if k not in ('PATH', 'PWD', 'LC_CTYPE')]\nsys.exit(0 if found else 7)"
    ),
    HostileProgram("read the disk", stop: absent, "open('/dev/vda', 'rb').read(1)"),
    HostileProgram(
      "read the kernel's memory", stop: "Permission denied",
      "import os\nif os.path.exists('/proc/kcore'): open('/proc/kcore', 'rb').read(10)\nraise PermissionError(13, 'Permission denied')"
    ),
  ]

  private static let network = [
    HostileProgram("TCP socket", stop: notPermitted, "import socket\nsocket.create_connection(('127.0.0.1', 22), 1)"),
    HostileProgram(
      "UDP socket", stop: notPermitted,
      "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))"),
    HostileProgram(
      "Unix socket", stop: notPermitted, "import socket\nsocket.socket(socket.AF_UNIX).connect('/run/docker.sock')"),
    HostileProgram(
      "server", stop: notPermitted, "import http.server\nhttp.server.HTTPServer(('', 8000), None).serve_forever()"),
    HostileProgram(
      "download", stop: notPermitted, "import urllib.request as u\nu.urlopen('http://127.0.0.1:80/', timeout=1)"),
  ]

  private static let kernel = [
    HostileProgram("new user namespace", stop: notPermitted, call("c.unshare(0x10000000)")),
    HostileProgram("mount", stop: notPermitted, call("c.mount(b'none', b'/dev', b'tmpfs', 0, 0)")),
    HostileProgram("change of root", stop: notPermitted, "import os\nos.chroot('/usr')"),
    HostileProgram("become root", stop: "Invalid argument", "import os\nos.setuid(0)"),
    HostileProgram("io_uring", stop: notPermitted, call("c.syscall(425, 8, 0)")),
    HostileProgram(
      "bpf", stop: notPermitted,
      call("c.syscall(321 if __import__('os').uname().machine == 'x86_64' else 280, 0, 0, 0)")),
    HostileProgram("nice below zero", stop: "Permission denied", "import os\nos.setpriority(0, 0, -20)"),
  ]

  private static let interpreter = [
    HostileProgram("import of os through builtins", stop: notPermitted, "getattr(__import__('o' + 's'), 'fork')()"),
    HostileProgram("crash of the interpreter", stop: "killed by SIGSEGV", "import ctypes\nctypes.string_at(0)"),
    HostileProgram("abort", stop: "killed by SIGABRT", "import os\nos.abort()"),
    HostileProgram(
      "control characters in the error", stop: "ValueError: ]0;owned 2J",
      "raise ValueError('\\x1b]0;owned\\x07\\x1b[2J'.replace('[2', '2'))"),
    HostileProgram("syntax error", stop: "SyntaxError", "def f(:"),
    HostileProgram(
      "more files than allowed", stop: "Too many open files", "f = []\nwhile True: f.append(open('/dev/null'))"),
  ]
}
