"""Makes the NumPy files beside it, and expected.json with what they hold, by NumPy 2.4.6."""

import json
import os

import numpy as np

folder = os.path.dirname(os.path.abspath(__file__))
at = lambda name: os.path.join(folder, name)
random = np.random.default_rng(1)
matrix = random.standard_normal((5, 3))
images = np.arange(4 * 2 * 3, dtype="u1").reshape(4, 2, 3)

readable = {
    "f8-little": matrix.astype("<f8"),
    "f8-big-fortran": np.asfortranarray(matrix.astype(">f8")),
    "f4-big": matrix.astype(">f4"),
    "f4-fortran": np.asfortranarray(matrix.astype("<f4")),
    "i2-big": np.array([[1, -2], [300, -32768]], ">i2"),
    "i4-little": np.array([[1, -2], [3, 2**31 - 1]], "<i4"),
    "i8-big": np.array([2**53, -(2**53), 7], ">i8"),
    "u8-little": np.array([0, 2**53], "<u8"),
    "u1-images": images,
    "u1-images-fortran": np.asfortranarray(images),
    "b1": np.array([True, False, True]),
}
for name, array in readable.items():
    np.save(at(name + ".npy"), array)
with open(at("version-2.npy"), "wb") as file:
    np.lib.format.write_array(file, matrix, version=(2, 0))
readable["version-2"] = matrix
with open(at("expected.json"), "w") as file:
    content = {
        name: {"shape": array.shape, "values": array.astype("f8").ravel(order="C").tolist()}
        for name, array in readable.items()
    }
    json.dump(content, file)

np.save(at("refused-object.npy"), np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save(at("refused-complex.npy"), np.array([1 + 2j]))
np.save(at("refused-text.npy"), np.array(["a", "b"]))
np.save(at("refused-fields.npy"), np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]))
np.save(at("refused-half.npy"), np.array([1, 2], "f2"))
np.save(at("refused-large-whole.npy"), np.array([2**53 + 1], "i8"))
np.save(at("refused-scalar.npy"), np.float64(3))
np.save(at("not-finite.npy"), np.array([[1.0, 2.0], [3.0, np.nan], [np.inf, 5.0]]))

labels = np.array([0, 1, 2, 1, 0])
np.savez(at("stored.npz"), X=matrix, y=labels)
np.savez_compressed(at("compressed.npz"), X=np.asfortranarray(matrix.astype(">f8")), y=labels)
np.savez(at("uneven.npz"), X_train=matrix, y_train=labels, X_test=matrix[:2], y_test=labels[:2])
np.savetxt(at("savetxt.txt"), matrix)
