// What a record lacks of its files besides: the marks for which a file has to be opened
// (uploads/file_marks.h). A box opens it; the report then says what was noticed.
//
// Threat: as of differences.h. What a box that was taken over says here adds a wrong note to the
// report, or leaves one out, and lowers no verdict. Any thread.
#pragma once

#include "gateway/intake/differences.h"

namespace heyan::intake {

// Files of one case, each a visit of a box.
inline constexpr int kMostNoted = 256;

// Asks about the files that were measured and may have marks, and puts these into the record. After
// a box that ended before its time nobody is asked any more. Of what nobody was asked about, the
// mark is that it was not opened. True: the record changed.
bool note_marks(const AskBox& ask, v1::CaseRecord& record);

}  // namespace heyan::intake
