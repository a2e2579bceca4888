// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "libfacetrack/capture/booth_look.h"

namespace facetrack::booth {

/// Paints skin, hair and the features of a face on a canvas in head units (see booth_face.h) whose
/// rows are bent round the head: |x| > headOutline(y) is the back of it.
void paintHead(Canvas &canvas, const Look &look);

} // namespace facetrack::booth
