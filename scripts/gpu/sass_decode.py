# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads the machine code of a cubin without a disassembler.

From sm_70 on an instruction is 16 bytes, its opcode the low 9 bits, its guard predicate bits 12 to 15
(7: always). The branch encoding is sm_90's. Both are checked against the code itself: every kernel
ends in a branch to itself, and an opcode that is not in the list below shows as a number.
"""

import collections
import dataclasses
import struct

OPCODES = {
    0x002: "MOV", 0x006: "VOTE", 0x007: "SEL", 0x008: "FSEL", 0x009: "FMNMX", 0x00B: "FSETP",
    0x00C: "ISETP", 0x010: "IADD3", 0x011: "LEA", 0x012: "LOP3", 0x016: "PRMT", 0x017: "IMNMX",
    0x019: "SHF", 0x01C: "PLOP3", 0x020: "FMUL", 0x021: "FADD", 0x023: "FFMA", 0x024: "IMAD",
    0x025: "IMAD.WIDE", 0x027: "IMAD.HI", 0x028: "DMUL", 0x029: "DADD", 0x02A: "DSETP",
    0x02B: "DFMA", 0x031: "HFMA2.MMA", 0x035: "HFMA2", 0x036: "VIADD", 0x048: "VIMNMX",
    0x082: "UMOV", 0x087: "USEL", 0x08C: "UISETP", 0x090: "UIADD3", 0x091: "ULEA", 0x092: "ULOP3",
    0x099: "USHF", 0x0A4: "UIMAD", 0x0B9: "ULDC", 0x104: "F2F", 0x105: "F2I", 0x106: "I2F",
    0x108: "MUFU", 0x110: "F2F", 0x111: "F2I", 0x112: "I2F", 0x118: "NOP", 0x119: "S2R",
    0x11D: "BAR", 0x141: "BSYNC", 0x143: "CALL.ABS", 0x144: "CALL.REL", 0x145: "BSSY",
    0x147: "BRA", 0x148: "WARPSYNC", 0x14D: "EXIT", 0x150: "RET", 0x180: "LD", 0x181: "LDG", 0x182: "LDC",
    0x183: "LDL", 0x184: "LDS", 0x186: "STG", 0x187: "STL", 0x188: "STS", 0x1AC: "LDCU",
    0x1C2: "R2UR", 0x1C3: "S2UR",
}
ALWAYS = 7


@dataclasses.dataclass
class Instruction:
    address: int
    name: str
    guard: int
    target: int | None

    @property
    def ends_path(self):
        return self.name in ("EXIT", "RET") and self.guard == ALWAYS

    @property
    def always_jumps(self):
        return self.name == "BRA" and self.guard == ALWAYS


def kernels(path):
    """Yields (mangled name, code) of every function in a cubin."""
    image = open(path, "rb").read()
    if image[:4] != b"\x7fELF":
        raise ValueError(f"{path} is not a cubin: it does not begin as an ELF file")
    table = struct.unpack_from("<Q", image, 0x28)[0]
    count, names_at = struct.unpack_from("<HH", image, 0x3C)
    sections = [struct.unpack_from("<IIQQQQIIQQ", image, table + 64 * i) for i in range(count)]
    names = sections[names_at][4]
    for section in sections:
        start = names + section[0]
        name = image[start : image.index(b"\0", start)].decode()
        if name.startswith(".text."):
            yield name[len(".text.") :], image[section[4] : section[4] + section[5]]


def branch_target(address, word):
    """Where a sm_90 BRA goes: 8 low bits of the offset at bit 16, the signed rest at bit 34, in words
    of 4 bytes from the next instruction."""
    high = (word >> 34) & ((1 << 48) - 1)
    if high >> 47:
        high -= 1 << 48
    return address + 16 + 4 * (high << 8 | (word >> 16) & 0xFF)


def decode(code):
    """Instructions of one function, in order of address."""
    result = []
    for address in range(0, len(code), 16):
        word = int.from_bytes(code[address : address + 16], "little")
        name = OPCODES.get(word & 0x1FF, hex(word & 0x1FF))
        target = branch_target(address, word) if name == "BRA" else None
        result.append(Instruction(address, name, word >> 12 & 15, target))
    if not any(i.target == i.address for i in result):
        raise ValueError("no branch to itself at the end of the function: another branch encoding?")
    return result


def edges(instructions):
    """Successors of each instruction as indices; a call counts as falling through."""
    last = len(instructions) - 1
    result = []
    for i, instruction in enumerate(instructions):
        after = [] if instruction.ends_path or instruction.always_jumps or i == last else [i + 1]
        if instruction.target is not None and 0 <= instruction.target // 16 <= last:
            after.append(instruction.target // 16)
        result.append(after)
    return result


def shortest_cycle(following, start, inside):
    """Indices of the shortest way from `start` back to itself within the set `inside`."""
    before = {start: None}
    queue = collections.deque([start])
    while queue:
        here = queue.popleft()
        for there in following[here]:
            if there == start:
                way = []
                while here is not None:
                    way.append(here)
                    here = before[here]
                return way[::-1]
            if there in inside and there not in before:
                before[there] = here
                queue.append(there)
    return None


def shortest_round(following, start, inner, outer):
    """Length of the shortest way from `start` back to itself within `outer` that leaves `inner`."""
    distance = {(start, False): 0}
    queue = collections.deque([(start, False)])
    while queue:
        here, has_left = queue.popleft()
        for there in following[here]:
            if there not in outer:
                continue
            if there == start and has_left:
                return distance[here, has_left] + 1
            state = (there, has_left or there not in inner)
            if state not in distance:
                distance[state] = distance[here, has_left] + 1
                queue.append(state)
    return None


def loops(instructions):
    """Natural loops as (header, set of indices): one for each target of a backward branch."""
    following = edges(instructions)
    leading = collections.defaultdict(list)
    for i, after in enumerate(following):
        for j in after:
            leading[j].append(i)
    found = {}
    for i, instruction in enumerate(instructions):
        header = instruction.target // 16 if instruction.target is not None else None
        if header is None or header >= i:
            continue
        body, pending = {header, i}, [i]
        while pending:
            for j in leading[pending.pop()]:
                if j not in body:
                    body.add(j)
                    pending.append(j)
        found.setdefault(header, set()).update(body)
    return following, sorted(found.items(), key=lambda item: len(item[1]))


@dataclasses.dataclass
class HotLoop:
    """The step of the members: the shortest way round the loop, without the blocks that only some
    claims need, and what the loop around it adds each time it comes round."""

    step: list
    around: int


def hot_loop(instructions):
    """The loop with the most widening multiplications on the shortest way round it, and of loops equal
    in this the smallest."""
    following, found = loops(instructions)
    ways = [(header, body, shortest_cycle(following, header, body)) for header, body in found]
    ways = [(header, body, way) for header, body, way in ways if way]

    def products(way):
        return sum(instructions[i].name == "IMAD.WIDE" for i in way)

    best = max(ways, key=lambda entry: (products(entry[2]), -len(entry[1])), default=None)
    if best is None or products(best[2]) == 0:
        raise ValueError("no loop with a widening multiplication")
    header, body, way = best
    enclosing = [o_body for o_header, o_body, _ in ways if body < o_body and o_header != header]
    rounds = [shortest_round(following, header, body, o_body) for o_body in enclosing]
    around = min((length for length in rounds if length), default=len(way)) - len(way)
    return HotLoop([instructions[i] for i in way], around)
