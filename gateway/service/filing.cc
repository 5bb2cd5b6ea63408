#include "gateway/service/filing.h"

#include <algorithm>

#include "verifier/contents/words.h"
#include "verifier/core/text.h"

namespace heyan::service {
namespace {

std::string role_of(v1::Role role) {
  return role == v1::ROLE_UNSPECIFIED ? std::string() : contents::word_of(contents::roles(), role);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

store::Filing filing_of(const v1::Submission& submission, const std::string& court,
                        const ContentIndex* index) {
  store::Filing filing{.case_number = core::visible(submission.case_number()),
                       .submitter = core::visible(submission.submitter().name()),
                       .parties = {},
                       .items = {},
                       .tags = {}};
  for (const v1::Party& party : submission.parties()) {
    filing.parties.push_back({.role = role_of(party.role()), .name = core::visible(party.name())});
  }
  for (const v1::Item& item : submission.evidence()) {
    store::FiledItem& filed = filing.items.emplace_back();
    filed = {.id = item.id(), .name = item.name(), .path = item.file().path()};
    if (item.has_pages()) filed.pages = item.pages();
    if (index == nullptr) continue;
    if (item.has_record() && !item.record().id().empty()) {
      filing.tags.push_back(index->tag_of_term(court, item.record().id()));
    }
    for (const v1::Digest& digest : item.file().digests()) {
      filing.tags.push_back(
          index->tag_of_term(court, core::to_hex(core::as_bytes(digest.value()))));
    }
  }
  return filing;
}

store::Sought sought_of(std::string_view asked, const std::vector<std::string>& courts,
                        const ContentIndex& index) {
  store::Sought sought{.part = std::string(asked),
                       .id = std::string(asked),
                       .number = std::string(asked),
                       .tags = {}};
  std::ranges::transform(sought.id, sought.id.begin(), lower);
  std::ranges::transform(sought.number, sought.number.begin(), upper);
  const auto add = [&](const std::string& court, std::string_view term) {
    const core::Bytes tag = index.tag_of_term(court, term);
    sought.tags.insert(sought.tags.end(), tag.begin(), tag.end());
  };
  for (const std::string& court : courts) {
    add(court, asked);
    if (sought.id != asked) add(court, sought.id);  // a fingerprint in capital letters
  }
  return sought;
}

}  // namespace heyan::service
