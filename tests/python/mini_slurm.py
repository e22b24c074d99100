# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A real Slurm on one machine: a controller and two nodes with a stand-in GPU each.

Both node daemons run on this host, on ports of their own. The GPUs are character devices like
/dev/null: Slurm counts and binds them as it does real ones. Needs root and Debian's slurm-wlm and
munge.
"""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

PROGRAMS = ("slurmctld", "slurmd", "munged", "sbatch", "scontrol", "squeue", "sacct")


def missing():
    """Why this machine cannot run one, or an empty text."""
    if os.geteuid() != 0:
        return "starting Slurm daemons needs root"
    lacking = [name for name in PROGRAMS if shutil.which(name, path=_path()) is None]
    return f"{', '.join(lacking)} of slurm-wlm and munge not installed" if lacking else ""


def _path():
    return os.environ["PATH"] + ":/usr/sbin:/sbin"


def _free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class MiniSlurm:
    """with MiniSlurm(folder) as cluster: cluster.run("sbatch", ...)"""

    def __init__(self, folder, nodes=("n1", "n2")):
        self.folder = pathlib.Path(folder)
        self.nodes = nodes
        self.daemons = {}
        self.environment = dict(os.environ, PATH=_path(),
                                SLURM_CONF=str(self.folder / "slurm.conf"))
        # A cluster around this one must not leak into the jobs.
        for name in [key for key in self.environment if key.startswith(("SLURM_", "SBATCH_"))]:
            if name != "SLURM_CONF":
                del self.environment[name]

    def __enter__(self):
        try:
            self._configure()
            self._start_munge()
            self._start("slurmctld", ["slurmctld", "-D", "-i"])
            for node in self.nodes:
                self.start_node(node)
            self.wait_until_idle()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    # What tests ask for.

    def run(self, *command, check=True):
        """Runs a command of Slurm's; its standard output."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True,
                              timeout=300, check=False)
        if check and done.returncode != 0:
            raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def start_node(self, node):
        self._start(node, ["slurmd", "-D", "-N", node])

    def kill_node(self, node):
        """The node's daemon and what it runs are gone at once, as in a power failure."""
        daemon = self.daemons.pop(node)
        doomed = [daemon.pid, *_descendants(daemon.pid), *self._steps_of(node)]
        # All at a standstill first: none may live to report the end of another.
        for how in (signal.SIGSTOP, signal.SIGKILL):
            for process in doomed:
                _kill(process, how)
        daemon.wait()
        self.run("scontrol", "update", f"NodeName={node}", "State=DOWN", "Reason=lost", check=False)

    def jobs(self):
        """{job id text: state} of every job still in the queue, array tasks one by one."""
        listed = self.run("squeue", "-h", "-r", "-o", "%i %T", check=False)
        return dict(line.split() for line in listed.splitlines() if line.strip())

    def wait_until_idle(self):
        self._wait_for(self._all_idle, "the nodes to be idle", 300)

    def wait_until_empty(self, timeout):
        """Until no job is queued. Slurm holds a requeued job for two minutes, so that what it said to
        the lost one cannot reach it; here six seconds do."""
        waiting = {}

        def empty():
            jobs = self.jobs()
            now = time.monotonic()
            for job, state in jobs.items():
                if state not in ("PENDING", "REQUEUE_HOLD", "REQUEUED"):
                    waiting.pop(job, None)
                elif now - waiting.setdefault(job, now) > 6:
                    self.run("scontrol", "update", f"JobId={job}", "StartTime=now", check=False)
            return not jobs
        self._wait_for(empty, "the queue to drain", timeout)

    # How it is set up.

    def _configure(self):
        for name in ("state", "spool", "log", "munge"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        controller, *ports = _free_ports(1 + len(self.nodes))
        host = socket.gethostname()
        lines = [
            "ClusterName=corridor", f"SlurmctldHost={host}(127.0.0.1)",
            "SlurmUser=root", "SlurmdUser=root", "AuthType=auth/munge",
            f"AuthInfo=socket={self.folder}/munge/socket",
            f"SlurmctldPort={controller}", f"StateSaveLocation={self.folder}/state",
            f"SlurmdSpoolDir={self.folder}/spool/%n", f"SlurmctldPidFile={self.folder}/ctld.pid",
            f"SlurmdPidFile={self.folder}/%n.pid", f"SlurmctldLogFile={self.folder}/log/ctld",
            f"SlurmdLogFile={self.folder}/log/%n", "ProctrackType=proctrack/linuxproc",
            "TaskPlugin=task/none", "JobAcctGatherType=jobacct_gather/none",
            "SelectType=select/cons_tres", "SelectTypeParameters=CR_Core",
            "SlurmdParameters=config_overrides", "ReturnToService=2", "SlurmdTimeout=30",
            "SchedulerType=sched/backfill", "SchedulerParameters=bf_interval=1,batch_sched_delay=0",
            "MinJobAge=300", "KillWait=5", "GresTypes=gpu", "MpiDefault=none",
        ]
        gres = []
        for number, (node, port) in enumerate(zip(self.nodes, ports)):
            device = self.folder / f"gpu{number}"
            if not device.exists():
                subprocess.run(["mknod", device, "c", "1", "3"], check=True)
            lines.append(f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} "
                         "CPUs=2 RealMemory=2000 Gres=gpu:1 State=UNKNOWN")
            gres.append(f"NodeName={node} Name=gpu File={device}")
        lines.append(f"PartitionName=all Nodes={','.join(self.nodes)} Default=YES State=UP "
                     "MaxTime=INFINITE")
        (self.folder / "slurm.conf").write_text("\n".join(lines) + "\n")
        (self.folder / "gres.conf").write_text("\n".join(gres) + "\n")

    def _start_munge(self):
        folder = self.folder / "munge"
        key = folder / "key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        self._start("munged", ["munged", "--foreground", "--force", f"--socket={folder}/socket",
                               f"--key-file={key}", f"--pid-file={folder}/pid",
                               f"--seed-file={folder}/seed", f"--log-file={folder}/log"])
        self._wait_for((folder / "socket").exists, "munged to listen", 300)

    def _start(self, name, command):
        with open(self.folder / f"{name}.out", "ab") as output:
            self.daemons[name] = subprocess.Popen(command, env=self.environment, stdout=output,
                                                  stderr=output, start_new_session=True)

    def _all_idle(self):
        states = self.run("sinfo", "-h", "-N", "-o", "%T", check=False).split()
        return len(states) == len(self.nodes) and set(states) <= {"idle"}

    def _steps_of(self, node):
        """Processes of the node's jobs and their keepers, which have left the daemon's family."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "environ").read_bytes().split(b"\0")
                parent = int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
                keeper = pathlib.Path(f"/proc/{parent}/cmdline").read_bytes()
            except OSError:
                continue
            if f"SLURMD_NODENAME={node}".encode() not in words or not self._is_ours(words):
                continue
            found.append(int(process.name))
            if keeper.startswith(b"slurmstepd"):
                found.insert(0, parent)
        return list(dict.fromkeys(found))

    def _is_ours(self, words):
        return f"SLURM_CONF={self.folder}/slurm.conf".encode() in words

    def _wait_for(self, condition, what, timeout):
        deadline = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {timeout} s for {what}\n{self._tails()}")
            time.sleep(0.2)

    def _tails(self):
        parts = [f"jobs: {self.jobs()}"]
        for log in sorted([*self.folder.glob("log/*"), *self.folder.glob("*.out")]):
            parts.append(f"-- {log.name}\n" + "\n".join(log.read_text().splitlines()[-15:]))
        return "\n".join(parts)

    def stop(self):
        for node in self.nodes:
            for child in self._steps_of(node):
                _kill(child)
        for daemon in self.daemons.values():
            _kill(daemon.pid, signal.SIGTERM)
        for daemon in self.daemons.values():
            try:
                daemon.wait(5)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons = {}


def _descendants(root):
    children = {}
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found, open_ = [], [root]
    while open_:
        more = children.get(open_.pop(), [])
        found += more
        open_ += more
    return found


def _kill(pid, how=signal.SIGKILL):
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        pass
