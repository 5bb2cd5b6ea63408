#include "gateway/worker/elsewhere.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "verifier/crypto/signing.h"
#include "verifier/elsewhere.h"

namespace heyan::worker {
namespace {

constexpr std::size_t kBlindingBytes = 32;
constexpr std::size_t kTextBytes = 2048;  // a case number or id, cut and made visible

bool is_sound(const v1::ContentSearch& search) {
  if (search.filed_size() > kFiledElsewhere) return false;
  if (search.count() < static_cast<std::uint64_t>(search.filed_size())) return false;
  return std::ranges::all_of(search.filed(), [](const v1::FiledElsewhere& one) {
    return one.report_number().size() <= kTextBytes && one.case_number().size() <= kTextBytes &&
           one.item().size() <= kTextBytes;
  });
}

}  // namespace

core::Result<void> take_searches(const v1::JudgeJob& job, const v1::CaseRecord& record,
                                 v1::Circumstances& circumstances) {
  if (!job.has_elsewhere()) return {};
  const auto& searches = job.elsewhere().files();
  if (searches.size() != job.files_size() || !std::ranges::all_of(searches, is_sound)) {
    return core::fail(core::ErrorCode::kMalformed, "the searches are not those of the files");
  }
  v1::SearchElsewhere& elsewhere = *circumstances.mutable_elsewhere();
  elsewhere.set_since_ms(job.elsewhere().since_ms());
  elsewhere.set_blinding(core::to_string(crypto::random_bytes(kBlindingBytes)));
  std::map<std::string_view, int> places;
  for (int i = 0; i < job.files_size(); ++i) places.emplace(job.files(i).path(), i);
  for (const v1::Item& item : record.submission().evidence()) {
    const auto place = places.find(item.file().path());
    if (place == places.end()) continue;
    v1::ItemSearch& one = *elsewhere.add_items();
    one.set_item(item.id());
    *one.mutable_found() = searches.at(place->second);
  }
  return {};
}

}  // namespace heyan::worker
