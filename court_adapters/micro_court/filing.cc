#include "court_adapters/micro_court/filing.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "court_adapters/micro_court/records.h"
#include "verifier/contents/safe_path.h"
#include "verifier/core/text.h"

namespace heyan::court_adapters::micro_court {
namespace {

constexpr std::size_t kMaxRemarks = contents::kMaxDefects;

class FilingBuilder {
 public:
  FilingBuilder(const Request& request, const core::Limits& limits, Message message)
      : request_(request), limits_(limits), message_(std::move(message)) {
    for (const Attachment& file : message_.attachments) {
      if (file.slot != kEvidenceSlot) continue;
      evidence_.push_back(&file);
      by_name_[file.name].push_back(&file);
      by_stem_[file.name.substr(0, file.name.rfind('.'))].push_back(&file);
    }
  }

  std::expected<Filing, std::vector<Defect>> build() {
    filing_.remarks = message_.remarks;
    add_case();
    add_people();
    const auto catalogue = read_catalogue_part();
    read_records_part();
    if (!defects_.empty()) return std::unexpected(std::move(defects_).take());
    if (catalogue) {
      for (const china::CatalogueItem& row : catalogue->items) add_row(row);
      tell_unlisted();
    } else {
      for (std::size_t i = 0; i < evidence_.size(); ++i) {
        add_file(std::to_string(i + 1), *evidence_[i]);
      }
    }
    if (filing_.submission.evidence().empty()) refuse_without_evidence();
    check_records();
    tell_unused();
    keep_to_items();
    if (!defects_.empty()) return std::unexpected(std::move(defects_).take());
    return std::move(filing_);
  }

 private:
  void remark(const std::string& item, std::string_view code, std::string pointer,
              std::string detail) {
    filing_.remarks.push_back({item, std::string(code), std::move(pointer), std::move(detail)});
  }

  void add_case() {
    v1::Submission& submission = filing_.submission;
    // Its fyid is of a code space of its own, and is compared with no other.
    submission.mutable_court()->set_name(message_.court_name);
    submission.set_case_number(message_.original_case_number);
    if (message_.filed_at_ms) submission.set_filed_at_ms(*message_.filed_at_ms);
  }

  void add_people() {
    v1::Submission& submission = filing_.submission;
    const v1::Party* filer = nullptr;
    std::size_t filers = 0;
    for (const v1::Party& party : message_.people.parties) {
      *submission.add_parties() = party;
      if (party.role() != v1::ROLE_PLAINTIFF && party.role() != v1::ROLE_APPLICANT) continue;
      if (filers++ == 0) filer = &party;
    }
    for (const v1::Party& agent : message_.people.agents) *submission.add_parties() = agent;
    if (filers == 1) filer_id_ = filer->id();
    v1::Submitter& submitter = *submission.mutable_submitter();
    if (!message_.people.submitting_agent.empty()) {
      submitter.set_role(v1::ROLE_AGENT);
      submitter.set_name(message_.people.submitting_agent);
    } else if (filer != nullptr) {
      submitter.set_role(filer->role());
      submitter.set_name(filer->name());
    }
  }

  std::optional<core::Bytes> read_part(std::string_view name) {
    const Part* part = find_part(request_.parts, name);
    if (part == nullptr) return std::nullopt;
    used_.insert(part);
    auto bytes = read_all(*part->bytes, limits_.json_bytes);
    if (bytes) return *std::move(bytes);
    const bool large = bytes.error().code == core::ErrorCode::kLimit;
    defects_.add(fmt::format("part:{}", name), large ? "limit" : "unreadable",
                 large ? fmt::format("This has more than {} bytes.", limits_.json_bytes)
                       : "This could not be read; send it again.");
    return std::nullopt;
  }

  std::optional<china::Catalogue> read_catalogue_part() {
    const auto bytes = read_part(kCataloguePart);
    if (!bytes) return std::nullopt;
    auto catalogue = china::read_catalogue(
        *bytes, message_.filed_at_ms.value_or(request_.received_at_ms), limits_);
    const std::string place = std::string(kCataloguePart) + ':';
    if (!catalogue) {
      for (Defect& defect : catalogue.error()) {
        defects_.add(place + defect.pointer, defect.code, std::move(defect.detail));
      }
      return std::nullopt;
    }
    for (const Remark& one : catalogue->remarks) {
      remark(one.item, one.code, one.pointer.empty() ? "" : place + one.pointer, one.detail);
    }
    return *std::move(catalogue);
  }

  void read_records_part() {
    if (const auto bytes = read_part(kRecordsPart)) {
      records_ = read_records(*bytes, limits_, defects_);
    }
  }

  void refuse_without_evidence() {
    for (const Remark& one : filing_.remarks) {
      if (one.code == "file-missing") defects_.add(one.pointer, one.code, one.detail);
    }
    if (!defects_.empty()) return;
    defects_.add("/data", "field-required",
                 "There is no evidence: register files in slot 11800016-4, or send a catalogue.");
  }

  // One item of the catalogue. Without its bytes there is nothing to verify: it is told, not filed.
  void add_row(const china::CatalogueItem& row) {
    const std::string where = std::string(kCataloguePart) + ':' + row.pointer;
    const Attachment* file = registered(row, where);
    const std::string& named = row.file.empty() ? row.name : row.file;
    const Part* part = bytes_of(row.number, file, file != nullptr ? file->name : named, where);
    if (part == nullptr) return;
    v1::Item& item = new_item(row.number, row.name, file->name, *part);
    item.set_category(row.category);
    item.set_purpose(row.purpose);
    item.set_source(row.source);
    if (row.digest) *item.mutable_file()->add_digests() = *row.digest;
    add_record(item, row.ledger, row.record.empty() ? row.transaction : row.record, row.platform,
               where);
  }

  void add_file(const std::string& number, const Attachment& file) {
    const Part* part = bytes_of(number, &file, file.name, file.pointer);
    if (part == nullptr) return;
    v1::Item& item = new_item(number, file.name, file.name, *part);
    add_record(item, "", "", "", file.pointer);
  }

  v1::Item& new_item(const std::string& number, const std::string& name,
                     const std::string& file_name, const Part& part) {
    v1::Item& item = *filing_.submission.add_evidence();
    item.set_id(number);
    item.set_name(name);
    item.set_party(filer_id_);
    item.mutable_file()->set_path(path_of(
        part, fmt::format("evidence/{}/{}", filing_.submission.evidence_size(), file_name)));
    if (!core::has_control(part.content_type) && core::is_utf8(part.content_type)) {
      item.mutable_file()->set_media_type(part.content_type);
    }
    return item;
  }

  // A part is one file, however many rows and proofs are made of it: the first names its path.
  const std::string& path_of(const Part& part, std::string path) {
    const auto [known, first] = paths_.emplace(&part, std::move(path));
    if (first) filing_.files.push_back({known->second, index_of(part)});
    return known->second;
  }

  // The registered file that a row means: by the name it gives, else by the item's name.
  const Attachment* registered(const china::CatalogueItem& row, const std::string& where) {
    const auto& meant = by_name_[row.file.empty() ? row.name : row.file];
    const auto& files = meant.empty() && row.file.empty() ? by_stem_[row.name] : meant;
    if (files.empty()) return nullptr;
    if (files.size() > 1) {
      defects_.add(where, "ambiguous-file",
                   fmt::format("Two registered files are called {}: give each its own name.",
                               quoted(files.front()->name)));
    }
    listed_.insert(files.front());
    return files.front();
  }

  // The part that is the item's file; null and a remark where it did not come.
  const Part* bytes_of(const std::string& number, const Attachment* file, const std::string& name,
                       const std::string& where) {
    numbers_.insert(number);
    if (name.contains('/') || contents::unsafe_path(name)) {
      defects_.add(
          where, "path-traversal",
          fmt::format("{} is no name of a file: give the registered name alone.", quoted(name)));
      return nullptr;
    }
    const Part* part = file != nullptr ? part_of(*file) : nullptr;
    if (part != nullptr) {
      if (holders_.emplace(part, file).first->second != file) {
        defects_.add(file->pointer, "ambiguous-file",
                     fmt::format("The part {} would be two registered files: name the part of "
                                 "each by the file's id.",
                                 quoted(part->name)));
      }
      used_.insert(part);
      return part;
    }
    remark("", "file-missing", where,
           file == nullptr
               ? fmt::format("Item {}: no file called {} is registered in the evidence slot.",
                             quoted(number), quoted(name))
               : fmt::format("Item {}: the bytes of {} did not come with the message; send them as "
                             "a part of that name.",
                             quoted(number), quoted(name)));
    return nullptr;
  }

  // By the file's id or storage key, else by its registered name.
  const Part* part_of(const Attachment& file) {
    for (const std::string* key : {&file.id, &file.key}) {
      if (key->empty()) continue;
      if (const Part* part = find_part(request_.parts, *key)) return part;
    }
    const auto is_named = [&](const Part& part) {
      const bool ours = part.name == kCataloguePart || part.name == kRecordsPart;
      return !ours && (part.name == file.name || part.file_name == file.name);
    };
    const auto found = std::ranges::find_if(request_.parts, is_named);
    if (found == request_.parts.end()) return nullptr;
    if (std::find_if(found + 1, request_.parts.end(), is_named) != request_.parts.end()) {
      defects_.add(
          file.pointer, "ambiguous-file",
          fmt::format("Two parts are called {}: name each by the file's id.", quoted(file.name)));
    }
    return &*found;
  }

  std::size_t index_of(const Part& part) const {
    return static_cast<std::size_t>(&part - request_.parts.data());
  }

  void add_record(v1::Item& item, std::string ledger, std::string number, std::string platform,
                  const std::string& where) {
    if (const auto found = records_.find(item.id()); found != records_.end()) {
      const SideRecord& side = found->second;
      if (!side.ledger.empty()) ledger = side.ledger;
      if (!side.storage_number.empty()) number = side.storage_number;
      if (!side.platform.empty()) platform = side.platform;
      for (const SideProof& proof : side.proofs) add_proof(item, proof);
    }
    if (!number.empty()) {
      item.mutable_record()->set_ledger(ledger);
      item.mutable_record()->set_id(number);
    }
    if (ledger.empty() && !platform.empty()) {
      remark(item.id(), "platform-not-identified", where,
             fmt::format("The platform {} is named in words alone; name its ledger in the part "
                         "records.",
                         quoted(platform)));
    }
  }

  void add_proof(v1::Item& item, const SideProof& side) {
    const Part* part = find_part(request_.parts, side.part);
    std::string path = "proofs/" + side.part;
    if (part == nullptr || contents::unsafe_path(path)) {
      defects_.add(side.pointer, "part-missing",
                   fmt::format("No part is called {}: send the proof as a part of that name.",
                               quoted(side.part)));
      return;
    }
    v1::Proof& proof = *item.add_proofs();
    proof = side.proof;
    proof.set_path(path_of(*part, std::move(path)));
    used_.insert(part);
  }

  void check_records() {
    for (const auto& [number, record] : records_) {
      if (numbers_.contains(number)) continue;
      defects_.add(record.pointer, "unknown-item",
                   fmt::format("No item has the number {}: correct it.", quoted(number)));
    }
  }

  void tell_unlisted() {
    for (const Attachment* file : evidence_) {
      if (listed_.contains(file)) continue;
      remark("", "not-in-catalogue", file->pointer,
             fmt::format("{} is registered as evidence and the catalogue does not list it; it is "
                         "not verified.",
                         quoted(file->name)));
    }
  }

  // What was noted of an item that is not filed is a remark on the message.
  void keep_to_items() {
    std::set<std::string> filed;
    for (const v1::Item& item : filing_.submission.evidence()) filed.insert(item.id());
    for (Remark& one : filing_.remarks) {
      if (!filed.contains(one.item)) one.item.clear();
    }
    if (filing_.remarks.size() <= kMaxRemarks) return;
    filing_.remarks.resize(kMaxRemarks - 1);
    remark("", "too-many-remarks", "", "There are more remarks than are listed.");
  }

  void tell_unused() {
    for (const Part& part : request_.parts) {
      if (used_.contains(&part)) continue;
      remark("", "part-not-used", "part:" + core::json::shown_pointer_token(part.name),
             "No item of evidence and no proof is made of this part; it is not verified.");
    }
  }

  const Request& request_;
  const core::Limits& limits_;
  const Message message_;
  std::vector<const Attachment*> evidence_;
  std::map<std::string, std::vector<const Attachment*>> by_name_;
  std::map<std::string, std::vector<const Attachment*>> by_stem_;  // without the extension
  std::map<std::string, SideRecord> records_;
  std::string filer_id_;
  contents::Defects defects_;
  Filing filing_;
  std::set<std::string> numbers_;  // of all items, also of those whose bytes did not come
  std::set<const Part*> used_;
  std::map<const Part*, const Attachment*> holders_;  // whose bytes a part is
  std::map<const Part*, std::string> paths_;          // of those that are filed
  std::set<const Attachment*> listed_;
};

}  // namespace

const Part* find_part(std::span<const Part> parts, std::string_view name) {
  const auto found = std::ranges::find(parts, name, &Part::name);
  return found != parts.end() ? &*found : nullptr;
}

core::Result<core::Bytes> read_all(const contents::ByteSource& source, std::size_t most) {
  if (source.size() > most) return core::fail(core::ErrorCode::kLimit, "too many bytes");
  return contents::read_some(source, 0, most);
}

std::string filing_id(const Request& request) {
  const core::Limits limits;
  const auto json = read_all(*request.message, limits.json_bytes);
  if (!json) return {};
  const auto document = core::json::parse(*json, limits);
  const core::json::Value* id = document ? document->at("/data/layy/id") : nullptr;
  return id != nullptr && id->as_string() != nullptr ? *id->as_string() : std::string();
}

std::expected<Filing, std::vector<Defect>> read_filing(const Request& request,
                                                       const core::Limits& limits) {
  const auto json = read_all(*request.message, limits.json_bytes);
  if (!json) {
    const bool large = json.error().code == core::ErrorCode::kLimit;
    return std::unexpected(std::vector{
        Defect{"", large ? "limit" : "unreadable",
               large ? fmt::format("The message has more than {} bytes. Divide the filing.",
                                   limits.json_bytes)
                     : std::string("The message could not be read; send it again.")}});
  }
  const auto hosts = request.settings->find("allowed_hosts");
  auto message = read_message(
      *json, hosts != request.settings->end() ? hosts->second : std::vector<std::string>(),
      request.received_at_ms, limits);
  if (!message) return std::unexpected(std::move(message).error());
  return FilingBuilder(request, limits, *std::move(message)).build();
}

}  // namespace heyan::court_adapters::micro_court
