# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Books that are made to do harm, written anew from this list: no binary is kept."""
import h5py
import numpy as np

from reliability import card  # noqa: F401  (finds tests/python)
import small_book

SCALE = "members/scale"
MEMBERS = small_book.MEMBERS


def replace(file, name=SCALE, **made):
    del file[name]
    return file.create_dataset(name, **made)


def external_link(file):
    del file[SCALE]
    file[SCALE] = h5py.ExternalLink("/etc/passwd", "/")


def soft_loop(file):
    del file[SCALE]
    file[SCALE] = h5py.SoftLink("/members/scale")


def hard_loop(file):
    file["groups/again"] = file["/"]


def virtual(file):
    del file[SCALE]
    layout = h5py.VirtualLayout((MEMBERS,), "f8")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (MEMBERS,))
    file.create_virtual_dataset(SCALE, layout)


def external_storage(file):
    replace(file, shape=(MEMBERS,), dtype="f8", external=[("/etc/passwd", 0, MEMBERS * 8)])


def vlen_text(file):
    replace(file, data=np.array(["1.0"] * MEMBERS, object), dtype=h5py.string_dtype())


def vlen_numbers(file):
    made = replace(file, shape=(MEMBERS,), dtype=h5py.vlen_dtype(np.float64))
    for i in range(MEMBERS):
        made[i] = [1.0] * (i + 1)


def references(file):
    replace(file, data=np.array([file["groups"].ref] * MEMBERS, dtype=h5py.ref_dtype))


def records(file):
    replace(file, data=np.zeros(MEMBERS, [("a", "f8"), ("b", "S9")]))


def opaque(file):
    replace(file, data=np.zeros(MEMBERS, "V16"))


def enumeration(file):
    replace(file, data=np.zeros(MEMBERS, np.uint8), dtype=h5py.enum_dtype({"A": 0, "B": 1}, "u1"))


def arrays(file):
    replace(file, shape=(MEMBERS,), dtype=np.dtype((np.float64, (3, 3))))


def huge(rows, chunk):
    def write(file):
        replace(file, shape=(rows,), dtype="f8", chunks=(chunk,), compression="gzip")
    return write


def huge_written(file):
    made = replace(file, shape=(2 * 10**9,), dtype="f8", chunks=(1024,), compression="gzip")
    made[0] = 1.0


def bomb(file):
    made = replace(file, shape=(20_000_000,), dtype="f8", chunks=(1_000_000,), compression="gzip",
                   compression_opts=9)
    for begin in range(0, 20_000_000, 1_000_000):
        made[begin:begin + 1_000_000] = np.zeros(1_000_000)


def many_dimensions(file):
    replace(file, shape=(2,) * 20, dtype="f8")


def no_dimension(file):
    replace(file, data=1.0)


def null_space(file):
    replace(file, data=h5py.Empty("f8"))


def unlimited(file):
    replace(file, data=np.ones(MEMBERS), maxshape=(None,), chunks=(1,))


def late_attributes(file):
    for i in range(2000):
        file["members"].attrs[f"a{i}"] = "x" * 1000


def many_groups(file):
    for i in range(5000):
        file.create_group(f"distributions/{i:05}")


def deep_groups(file):
    place = file
    for _ in range(1000):
        place = place.create_group("a")


def odd_names(file):
    for name in ("\x01\x02", "a\nb", "é" * 100, "corridor: error:", "%s%n", "x" * 5000):
        file["members"].create_dataset(name, data=np.ones(MEMBERS))


def text_of_zeros(file):
    replace(file, "groups/group_id", data=np.array([b"", b"", b""], "S32"))


def law_of_many_buckets(file):
    law = file["distributions/buckets"]
    for name in list(law):
        del law[name]
        law.create_dataset(name, data=np.zeros(2_000_000), compression="gzip")


def vlen_attribute(file):
    file.attrs["currency"] = "USD" * 20_000


def offsets_beyond(file):
    file["groups/member_offset"][:] = [0, 2**63, 2**64 - 1, 60]


KINDS = {function.__name__: function for function in (
    external_link, soft_loop, hard_loop, virtual, external_storage, vlen_text, vlen_numbers, references,
    records, opaque, enumeration, arrays, huge_written, bomb, many_dimensions, no_dimension, null_space,
    unlimited, late_attributes, many_groups, deep_groups, odd_names, text_of_zeros, law_of_many_buckets,
    vlen_attribute, offsets_beyond)}
KINDS["huge_rows"] = huge(10**15, 65536)
KINDS["huge_chunk"] = huge(400_000_000, 400_000_000)
KINDS["most_rows"] = huge(2**62, 1024)


def write_all(folder):
    """A file of each kind in the earliest format, and each again in the latest; their paths."""
    folder.mkdir()
    paths = []
    for name, spoil in KINDS.items():
        for form in ("earliest", "latest"):
            path = folder / f"{name}-{form}.h5"
            small_book.good(path)
            if form == "latest":
                copy_latest(path)
            with h5py.File(path, "r+", libver=form) as file:
                spoil(file)
            paths.append(path)
    return paths


def copy_latest(path):
    """The same book in the latest format, whose blocks are others and carry checksums."""
    new = path.with_suffix(".new")
    with h5py.File(path) as old, h5py.File(new, "w", libver="latest") as file:
        for name in old:
            old.copy(name, file)
        for key, value in old.attrs.items():
            file.attrs[key] = value
    new.rename(path)
