#include "gateway/ipc/entries.h"

namespace heyan::ipc {

using core::ErrorCode;

namespace {

std::unexpected<core::Error> out_of_turn() {
  return core::fail(ErrorCode::kIo, "the process that opens submissions said what it must not");
}

}  // namespace

core::Result<bool> Entries::take(const v1::BoxAnswer& answer) {
  switch (answer.answer_case()) {
    case v1::BoxAnswer::kEntry:
      HEYAN_CHECK_OK(end());
      HEYAN_CHECK_OK(taker_.begin(answer.entry()));
      open_ = true;
      return false;
    case v1::BoxAnswer::kChunk:
      if (!open_) return out_of_turn();
      if (answer.chunk().size() > bytes_left_) {
        return core::fail(ErrorCode::kLimit, "the archive holds more than it may");
      }
      bytes_left_ -= answer.chunk().size();
      HEYAN_CHECK_OK(taker_.append(core::as_bytes(answer.chunk())));
      return false;
    case v1::BoxAnswer::kDone:
      HEYAN_CHECK_OK(end());
      return true;
    default:
      return out_of_turn();
  }
}

core::Result<void> Entries::end() {
  if (!open_) return {};
  open_ = false;
  return taker_.finish();
}

}  // namespace heyan::ipc
