#include "gateway/service/receipt.h"

#include <algorithm>

#include "gateway/service/filing.h"
#include "gateway/service/served_file.h"
#include "verifier/core/text.h"

namespace heyan::service {

using core::json::Value;

core::Result<std::vector<store::FiledItem>> items_in_case(const Acceptance& with,
                                                          const store::Submission& submission,
                                                          const SignedReceipt& receipt) {
  const auto file = std::ranges::find(receipt.files, kCaseFile, &store::StoredFile::path);
  if (submission.deleted || file == receipt.files.end()) return std::vector<store::FiledItem>();
  HEYAN_TRY(const ServedFile stored,
            ServedFile::open(with.vault, {.court = submission.court, .submission = submission.id},
                             *file));
  HEYAN_TRY(const os::Descriptor case_json, stored.whole());
  const auto read = read_case(with.boxes, case_json.get());
  if (!read) return core::fail(core::ErrorCode::kIo, "the case cannot be read now");
  return filing_of(*read, submission.court, nullptr).items;
}

std::string receipt_text(const SignedReceipt& receipt, std::string_view court_name,
                         std::span<const store::FiledItem> items) {
  Value value;
  Value court;
  const auto copy = [&receipt](Value& to, std::string_view as, std::string_view name) {
    const Value* found = receipt.payload.find(name);
    if (found != nullptr) to.set(as, *found);
  };
  copy(value, "number", "submission");
  for (const std::string_view name : {"submission", "receivedAt", "log", "intake", "files"}) {
    copy(value, name, name);
  }
  copy(court, "code", "court");
  court.set("name", court_name);
  value.set("court", std::move(court));
  Value named{Value::Array{}};
  for (const store::FiledItem& item : items) {
    Value one;
    one.set("id", core::visible(item.id)).set("name", core::visible(item.name));
    one.set("path", item.path);
    if (item.pages) one.set("pages", *item.pages);
    named.push(std::move(one));
  }
  value.set("items", std::move(named));
  return core::json::write_canonical(value);
}

}  // namespace heyan::service
