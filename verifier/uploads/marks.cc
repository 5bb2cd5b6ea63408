#include "verifier/uploads/marks.h"

#include <algorithm>

namespace heyan::uploads {

std::string_view name(Mark mark) {
  switch (mark) {
    case Mark::kTypeNotAllowed:
      return "type-not-allowed";
    case Mark::kTypeMismatch:
      return "type-mismatch";
    case Mark::kMalformed:
      return "malformed";
    case Mark::kEncrypted:
      return "encrypted";
    case Mark::kTrailingData:
      return "trailing-data";
    case Mark::kActiveContent:
      return "active-content";
    case Mark::kExternalReference:
      return "external-reference";
    case Mark::kPixelLimit:
      return "pixel-limit";
    case Mark::kUnsafeName:
      return "unsafe-name";
    case Mark::kNulInName:
      return "nul-in-name";
    case Mark::kLongName:
      return "long-name";
    case Mark::kDuplicateName:
      return "duplicate-name";
    case Mark::kLink:
      return "link";
    case Mark::kOverlap:
      return "overlap";
    case Mark::kHeadersDiffer:
      return "headers-differ";
    case Mark::kEntryLimit:
      return "entry-limit";
    case Mark::kSizeLimit:
      return "size-limit";
    case Mark::kRatioLimit:
      return "ratio-limit";
    case Mark::kNestingLimit:
      break;
  }
  return "nesting-limit";
}

Judgement judgement_of(const Marks& marks) {
  Judgement worst = Judgement::kAccept;
  for (const Mark mark : marks) {
    const bool remark = mark == Mark::kTrailingData || mark == Mark::kActiveContent ||
                        mark == Mark::kExternalReference;
    const Judgement one = mark == Mark::kPixelLimit ? Judgement::kAccept
                          : remark                  ? Judgement::kFlag
                                                    : Judgement::kReject;
    worst = std::max(worst, one);
  }
  return worst;
}

}  // namespace heyan::uploads
