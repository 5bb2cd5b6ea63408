#include "gateway/service/content_index.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <algorithm>

#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"
#include "verifier/core/text.h"
#include "verifier/crypto/hmac.h"

namespace heyan::service {
namespace {

using core::Bytes;
using core::ErrorCode;
using core::fail;

constexpr std::size_t kKeyBytes = 32;
// Listed of one content, and of all contents of one submission: what is beyond is counted.
constexpr std::size_t kListed = 20;
constexpr std::size_t kListedAltogether = 2'000;
constexpr std::size_t kShownCharacters = 100;  // of a case number or an item's id

core::Result<Bytes> read_key(const std::filesystem::path& file) {
  HEYAN_TRY(const os::OpenFile opened, os::open_named_file(file));
  struct stat status{};
  if (::fstat(opened.descriptor().get(), &status) != 0) {
    return fail(ErrorCode::kIo, "the key of the content index cannot be read");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(ErrorCode::kUnsupported,
                "others can use the key of the content index: give it mode 0600");
  }
  os::MemorySink sink(2 * kKeyBytes + 1);
  const auto read = opened.read_all(sink);
  const std::string text = core::to_string(std::move(sink).take());
  auto key = text.ends_with('\n')
                 ? core::from_hex(std::string_view(text).substr(0, text.size() - 1))
                 : std::nullopt;
  if (!read || !key || key->size() != kKeyBytes) {
    return fail(ErrorCode::kMalformed,
                "the key of the content index is 64 hexadecimal digits in one line: restore it, "
                "or remove it to begin anew");
  }
  return *std::move(key);
}

core::Result<Bytes> key_in(const std::filesystem::path& file) {
  Bytes drawn(kKeyBytes);
  if (::getrandom(drawn.data(), drawn.size(), 0) != static_cast<ssize_t>(drawn.size())) {
    return fail(ErrorCode::kIo, "the operating system gave no random bytes");
  }
  const auto written = os::write_new(file, core::to_hex(drawn) + "\n", os::Privacy::kOwnerOnly);
  if (written) return drawn;
  if (written.error().code != ErrorCode::kDuplicate) return std::unexpected(written.error());
  return read_key(file);
}

bool is_measured(const v1::MeasuredDigest& digest) {
  return digest.algorithm() == v1::DIGEST_ALGORITHM_SHA_256 && digest.first() == digest.second();
}

}  // namespace

core::Result<std::unique_ptr<ContentIndex>> ContentIndex::open(
    store::Store& store, const std::filesystem::path& key_file, std::int64_t now_ms, bool shared) {
  HEYAN_TRY(Bytes key, key_in(key_file));
  const Bytes name = crypto::hmac_sha256(key, core::as_bytes("heyan.contents.name.v1"));
  std::unique_ptr<ContentIndex> index(new ContentIndex(store, std::move(key)));
  const auto since_ms = store.keep_contents_under(name, now_ms, !shared);
  if (!since_ms && since_ms.error().code == ErrorCode::kChanged) {
    return fail(ErrorCode::kChanged,
                "another gateway of this database has another key of the content index: copy its "
                "front/contents.key");
  }
  if (!since_ms) return std::unexpected(since_ms.error());
  index->since_ms_ = *since_ms;
  index->began_ = index->since_ms_ == now_ms;
  return index;
}

Bytes ContentIndex::tag(const std::string& court, core::ByteView value) const {
  const Bytes of_court = crypto::hmac_sha256(key_, core::as_bytes("heyan.contents.v1\n" + court));
  return crypto::hmac_sha256(of_court, value);
}

Bytes ContentIndex::tag_of_term(const std::string& court, std::string_view term) const {
  return tag(court, core::as_bytes("heyan.term.v1\n" + std::string(term)));
}

// Fingerprints as measured and as recorded, and the records.
void ContentIndex::enter_terms(const std::string& court, const v1::ItemReport& item,
                               store::FinishedJob& finished) const {
  const auto add = [&](std::string_view term) {
    if (!term.empty()) finished.tags.push_back(tag_of_term(court, term));
  };
  const auto add_digest = [&](const std::string& digest) {
    add(core::to_hex(core::as_bytes(digest)));
  };
  for (const v1::MeasuredDigest& digest : item.measured().digests()) add_digest(digest.first());
  for (const v1::Attestation& attestation : item.attestations()) {
    if (!attestation.has_record()) continue;
    add(attestation.record().id());
    for (const v1::Digest& digest : attestation.record().digests()) add_digest(digest.value());
  }
}

core::Result<v1::FileSearches> ContentIndex::search(const store::Job& job) const {
  v1::FileSearches searches;
  searches.set_since_ms(since_ms_);
  std::size_t left = kListedAltogether;
  for (const store::StoredFile& file : job.files) {
    HEYAN_TRY(const store::ContentElsewhere found,
              store_.find_content(job.court, job.submission, tag(job.court, file.sha256),
                                  std::min(kListed, left)));
    left -= found.newest.size();
    v1::ContentSearch& search = *searches.add_files();
    search.set_count(found.count);
    for (const store::FiledContent& one : found.newest) {
      v1::FiledElsewhere& filed = *search.add_filed();
      filed.set_report_number(one.report);
      filed.set_case_number(one.case_number);
      filed.set_item(one.item);
    }
  }
  return searches;
}

void ContentIndex::enter(const std::string& court, const v1::Report& report,
                         store::FinishedJob& finished) const {
  finished.case_number = core::visible(report.case_number(), kShownCharacters);
  for (const v1::ItemReport& item : report.evidence()) {
    enter_terms(court, item, finished);
    const auto& digests = item.measured().digests();
    const auto sha256 = std::ranges::find_if(digests, is_measured);
    if (sha256 == digests.end()) continue;
    finished.contents.push_back({.item = core::visible(item.id(), kShownCharacters),
                                 .tag = tag(court, core::as_bytes(sha256->first()))});
  }
}

}  // namespace heyan::service
