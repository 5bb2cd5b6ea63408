#include "verifier/contents/submission_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "verifier/contents/submission_fields.h"
#include "verifier/contents/words.h"
#include "verifier/core/text.h"

namespace heyan::contents {
namespace {

using core::ErrorCode;
using core::json::Value;

// Logs alone have records in files of their own (docs/tlog.md).
constexpr std::string_view kLogFormat = "tlog";
constexpr std::string_view kRecordHint = "record";

constexpr std::size_t kCauseCharacters = 200;
constexpr std::size_t kReliefs = 50;
constexpr std::size_t kReliefCharacters = 1'000;
constexpr std::uint32_t kMostPages = 100'000;

bool may_have_record(const v1::Proof& proof) {
  return proof.format().empty() || proof.format() == kLogFormat;
}

std::string quoted(std::string_view text) { return '"' + core::visible(text, 64) + '"'; }

std::vector<Defect> unreadable(const core::json::ParseError& fault) {
  const ErrorCode code = fault.error.code;
  const std::string_view word = code == ErrorCode::kDuplicate ? "duplicate-name"
                                : code == ErrorCode::kLimit   ? "limit"
                                                              : "malformed-json";
  return {{fault.pointer, std::string(word),
           fmt::format("Reading stopped at byte {}: {}. Correct the JSON there.",
                       fault.error.offset, fault.error.text)}};
}

class Reader {
 public:
  Reader(const core::Limits& limits, Defects& defects) : limits_(limits), defects_(defects) {}

  v1::Submission read(const Value& document) {
    v1::Submission submission;
    Fields fields(&document, "", limits_, defects_);
    read_schema(fields);
    read_court(fields, submission);
    submission.set_case_number(fields.line("caseNumber"));
    if (const auto time = fields.time_ms("filedAt")) submission.set_filed_at_ms(*time);
    submission.set_cause(fields.phrase("cause", kCauseCharacters));
    read_relief(fields, submission);
    read_submitter(fields, submission);
    read_parties(fields, submission);
    read_evidence(fields, submission);
    fields.finish();
    return submission;
  }

 private:
  void read_schema(Fields& fields) {
    const Value* schema = fields.require("schema");
    if (schema == nullptr) return;
    const auto text = fields.string_in(*schema, fields.pointer_of("schema"));
    if (text && *text != kSubmissionSchema) {
      defects_.add(fields.pointer_of("schema"), "wrong-schema",
                   fmt::format("This document says that it is {}; here \"{}\" is read.",
                               quoted(*text), kSubmissionSchema));
    }
  }

  void read_court(Fields& parent, v1::Submission& submission) {
    Fields fields = parent.object("court");
    if (!fields.present()) return;
    submission.mutable_court()->set_code(fields.line("code"));
    submission.mutable_court()->set_name(fields.text("name"));
    fields.finish();
  }

  void read_relief(Fields& fields, v1::Submission& submission) {
    const Value::Array* claims = fields.array("reliefSought", kReliefs);
    if (claims == nullptr) return;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < claims->size(); ++i) {
      const std::string where = fmt::format("{}/{}", fields.pointer_of("reliefSought"), i);
      std::string claim = fields.phrase_in((*claims)[i], where, kReliefCharacters);
      if (claim.empty()) continue;
      if (!seen.insert(claim).second) {
        defects_.add(where, "duplicate-text",
                     fmt::format("{} stands twice in this list: remove one.", quoted(claim)));
        continue;
      }
      submission.add_relief_sought(std::move(claim));
    }
  }

  void read_submitter(Fields& parent, v1::Submission& submission) {
    Fields fields = parent.object("submitter");
    if (!fields.present()) return;
    v1::Submitter& submitter = *submission.mutable_submitter();
    submitter.set_role(static_cast<v1::Role>(fields.word("role", roles())));
    submitter.set_name(fields.text("name"));
    submitter.set_account_id(fields.line("accountId"));
    submitter.set_authentication(
        static_cast<v1::Authentication>(fields.word("authentication", authentications())));
    fields.finish();
  }

  void read_parties(Fields& parent, v1::Submission& submission) {
    const Value::Array* parties = parent.array("parties", limits_.parties);
    if (parties == nullptr) return;
    for (std::size_t i = 0; i < parties->size(); ++i) {
      Fields fields(&(*parties)[i], fmt::format("/parties/{}", i), limits_, defects_);
      v1::Party& party = *submission.add_parties();
      party.set_id(fields.id("id"));
      note_id(fields, party.id(), party_ids_);
      party.set_role(static_cast<v1::Role>(fields.word("role", roles())));
      party.set_kind(static_cast<v1::PartyKind>(fields.word("kind", party_kinds())));
      party.set_name(fields.text("name"));
      party.set_id_type(static_cast<v1::IdType>(fields.word("idType", id_types())));
      party.set_id_number(fields.line("idNumber"));
      for (std::string& id : fields.ids("linkedInstitutions")) {
        party.add_linked_institutions(std::move(id));
      }
      fields.finish();
    }
  }

  void read_evidence(Fields& parent, v1::Submission& submission) {
    const Value::Array* items = parent.required_array("evidence", limits_.items);
    if (items == nullptr) return;
    if (items->empty()) {
      defects_.add("/evidence", "empty", "A submission has at least one evidence item: add it.");
    }
    for (std::size_t i = 0; i < items->size(); ++i) {
      Fields fields(&(*items)[i], fmt::format("/evidence/{}", i), limits_, defects_);
      read_item(fields, *submission.add_evidence());
      fields.finish();
    }
  }

  void read_item(Fields& fields, v1::Item& item) {
    item.set_id(fields.required_id("id"));
    note_id(fields, item.id(), item_ids_);
    item.set_name(fields.text("name"));
    item.set_category(static_cast<v1::Category>(fields.word("category", categories())));
    item.set_purpose(fields.text("purpose"));
    item.set_source(fields.text("source"));
    if (const auto pages = fields.count("pages", kMostPages)) item.set_pages(*pages);
    item.set_party(fields.id("party"));
    if (!item.party().empty() && !party_ids_.empty() && !party_ids_.contains(item.party())) {
      defects_.add(
          fields.pointer_of("party"), "unknown-party",
          fmt::format("No party has the id {}: name one of /parties.", quoted(item.party())));
    }
    read_file(fields, item);
    read_claims(fields, item);
    Fields record = fields.object("record");
    if (record.present()) {
      item.mutable_record()->set_ledger(record.id("ledger"));
      item.mutable_record()->set_id(record.line("id"));
      record.finish();
    }
    read_proofs(fields, item);
  }

  void read_file(Fields& parent, v1::Item& item) {
    Fields fields = parent.required_object("file");
    if (!fields.present()) return;
    v1::DeclaredFile& file = *item.mutable_file();
    file.set_path(fields.required_path("path"));
    if (const auto size = fields.size("size")) file.set_size(*size);
    file.set_media_type(fields.text("mediaType"));
    read_digests(fields, file);
    fields.finish();
  }

  void read_digests(Fields& parent, v1::DeclaredFile& file) {
    const Value::Object* digests = parent.map("digests");
    if (digests == nullptr) return;
    std::vector<v1::Digest> read;
    for (const auto& [word, value] : *digests) {
      const std::string where =
          parent.pointer_of("digests") + '/' + core::json::shown_pointer_token(word);
      const auto algorithm = declared_algorithm(word);
      if (!algorithm) {
        defects_.add(where, "unknown-word",
                     fmt::format("{} is not one of {}.", quoted(word), all_algorithms()));
        continue;
      }
      const auto text = parent.string_in(value, where);
      if (!text) continue;
      const auto bytes = core::from_hex(*text);
      if (!bytes || bytes->size() != digest_bytes(*algorithm)) {
        defects_.add(where, "bad-digest",
                     fmt::format("A {} digest is {} hexadecimal digits.", word,
                                 2 * digest_bytes(*algorithm)));
        continue;
      }
      v1::Digest& digest = read.emplace_back();
      digest.set_algorithm(*algorithm);
      digest.set_value(core::to_string(*bytes));
    }
    std::ranges::sort(read, {}, &v1::Digest::algorithm);
    file.mutable_digests()->Add(read.begin(), read.end());
  }

  void read_claims(Fields& parent, v1::Item& item) {
    Fields fields = parent.object("claims");
    if (!fields.present()) return;
    v1::Claims& claims = *item.mutable_claims();
    claims.set_who(fields.text("who"));
    claims.set_what(fields.text("what"));
    if (const auto time = fields.time_ms("when")) claims.set_when_ms(*time);
    claims.set_where(fields.text("where"));
    fields.finish();
  }

  void read_proofs(Fields& parent, v1::Item& item) {
    const Value::Array* proofs = parent.array("proofs", limits_.proofs_per_item);
    if (proofs == nullptr) return;
    const bool was_within = proofs_total_ <= limits_.proofs_total;
    proofs_total_ += proofs->size();
    if (proofs_total_ > limits_.proofs_total) {
      if (was_within) say_too_many(parent);  // once
      return;
    }
    for (std::size_t i = 0; i < proofs->size(); ++i) {
      Fields fields(&(*proofs)[i], fmt::format("{}/{}", parent.pointer_of("proofs"), i), limits_,
                    defects_);
      read_proof(fields, *item.add_proofs());
      fields.finish();
    }
    list_records(item);
    if (proofs_total_ > limits_.proofs_total) say_too_many(parent);
  }

  void say_too_many(Fields& parent) {
    defects_.add(parent.pointer_of("proofs"), "limit",
                 fmt::format("The submission has more than {} proofs. Divide the submission.",
                             limits_.proofs_total));
  }

  // The file with the record that a log's proof is of belongs to the proof: it is taken as listed.
  void list_records(v1::Item& item) {
    const int listed = item.proofs_size();
    for (int i = 0; i < listed; ++i) {
      const v1::Proof proof = item.proofs(i);
      if (!may_have_record(proof)) continue;
      const auto hint = std::ranges::find(proof.hints(), kRecordHint, &v1::Hint::name);
      if (hint == proof.hints().end() || hint->value().empty()) continue;
      const bool known = std::ranges::any_of(
          item.proofs(), [&](const v1::Proof& one) { return one.path() == hint->value(); });
      if (known) continue;
      ++proofs_total_;
      v1::Proof& record = *item.add_proofs();
      record.set_format(std::string(kLogFormat));
      record.set_ledger(proof.ledger());
      record.set_path(hint->value());
    }
  }

  void read_proof(Fields& fields, v1::Proof& proof) {
    if (const Value* value = fields.take("format")) {
      const auto word = fields.string_in(*value, fields.pointer_of("format"));
      if (word && !is_proof_format(*word)) {
        defects_.add(fields.pointer_of("format"), "unknown-word",
                     fmt::format("{} is not one of {}.", quoted(*word), all_proof_formats()));
      }
      proof.set_format(word.value_or(""));
    }
    proof.set_ledger(fields.id("ledger"));
    proof.set_path(fields.required_path("path"));
    const Value::Object* hints = fields.map("hints");
    if (hints == nullptr) return;
    std::vector<v1::Hint> read;
    for (const auto& [name, value] : *hints) {
      const std::string where =
          fields.pointer_of("hints") + '/' + core::json::shown_pointer_token(name);
      v1::Hint& hint = read.emplace_back();
      hint.set_name(fields.id_in(Value(name), where));
      hint.set_value(name == kRecordHint && may_have_record(proof) ? fields.path_in(value, where)
                                                                   : fields.text_in(value, where));
    }
    std::ranges::sort(read, {}, &v1::Hint::name);
    proof.mutable_hints()->Add(read.begin(), read.end());
  }

  void note_id(Fields& fields, const std::string& id, std::set<std::string>& ids) {
    if (id.empty() || ids.insert(id).second) return;
    defects_.add(fields.pointer_of("id"), "duplicate-id",
                 fmt::format("The id {} stands twice: give each its own.", quoted(id)));
  }

  const core::Limits& limits_;
  Defects& defects_;
  std::set<std::string> party_ids_;
  std::set<std::string> item_ids_;
  std::size_t proofs_total_ = 0;
};

}  // namespace

std::expected<v1::Submission, std::vector<Defect>> read_submission(core::ByteView json,
                                                                   const core::Limits& limits) {
  const auto document = core::json::parse(json, limits);
  if (!document) return std::unexpected(unreadable(document.error()));
  Defects defects;
  v1::Submission submission = Reader(limits, defects).read(*document);
  if (!defects.empty()) return std::unexpected(std::move(defects).take());
  return submission;
}

}  // namespace heyan::contents
