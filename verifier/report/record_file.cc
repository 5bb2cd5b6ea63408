#include "verifier/report/record_file.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "verifier/canonical.h"
#include "verifier/core/cursor.h"
#include "verifier/crypto/digest.h"

namespace heyan::report {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;

constexpr std::string_view kMagic = "HEYANHCR";
constexpr std::size_t kSha256Bytes = 32;
constexpr std::size_t kSecretBytes = 32;

bool has_number(const google::protobuf::FieldDescriptor& field, int number) {
  return field.enum_type()->FindValueByNumber(number) != nullptr;
}

// Proto3 enumerations are open: a number without a name would pass every switch unseen.
bool enums_are_known(const google::protobuf::Message& message) {
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  return std::ranges::all_of(fields, [&](const auto* field) {
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_ENUM) {
        const int number = field->is_repeated()
                               ? reflection->GetRepeatedEnumValue(message, field, i)
                               : reflection->GetEnumValue(message, field);
        if (!has_number(*field, number)) return false;
      } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
        const auto& inner = field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                                 : reflection->GetMessage(message, field);
        if (!enums_are_known(inner)) return false;
      }
    }
    return true;
  });
}

// Each proof once, in order, under its own digest.
core::Result<std::set<std::string>> check_proofs(const v1::CaseRecord& record,
                                                 const core::Limits& limits) {
  std::set<std::string> known;
  std::size_t total = 0;
  std::string_view last;
  for (const auto& proof : record.proofs()) {
    total += proof.content().size();
    if (proof.content().size() > limits.proof_bytes || total > limits.proof_bytes_total) {
      return fail(ErrorCode::kLimit, "the record file holds more proof bytes than are allowed");
    }
    const Bytes digest = crypto::sha256(core::as_bytes(proof.content()));
    if (core::as_text(digest) != proof.sha256()) {
      return fail(ErrorCode::kMalformed, "a proof of the record file is not under its own digest");
    }
    if (!known.empty() && !(last < proof.sha256())) {
      return fail(ErrorCode::kNotCanonical, "the proofs of the record file are not in order");
    }
    known.insert(proof.sha256());
    last = proof.sha256();
  }
  return known;
}

core::Result<void> check_items(const v1::CaseRecord& record, const std::set<std::string>& proofs) {
  const auto& declared = record.submission().evidence();
  if (declared.empty() || declared.size() != record.items_size()) {
    return fail(ErrorCode::kMalformed, "the record file's items do not fit its submission");
  }
  for (int i = 0; i < declared.size(); ++i) {
    const v1::ItemRecord& item = record.items(i);
    if (item.id() != declared[i].id() || item.proofs_size() != declared[i].proofs_size()) {
      return fail(ErrorCode::kMalformed, "an item of the record file does not fit its submission");
    }
    const bool held = std::ranges::all_of(
        item.proofs(), [&](const std::string& digest) { return proofs.contains(digest); });
    if (!held) return fail(ErrorCode::kNotFound, "the record file lacks a proof that it names");
  }
  return {};
}

core::Result<void> check(const v1::RecordFile& file, const core::Limits& limits) {
  const v1::CaseRecord& record = file.record();
  if (static_cast<std::size_t>(record.submission().evidence_size()) > limits.items) {
    return fail(ErrorCode::kLimit, "the record file holds more items than are allowed");
  }
  if (record.nonce().size() != kSecretBytes || record.salt_key().size() != kSecretBytes) {
    return fail(ErrorCode::kMalformed, "the record file's nonce and salt key must have 32 bytes");
  }
  for (const auto& item : record.items()) {
    for (const auto& proof : item.proofs()) {
      if (proof.size() != kSha256Bytes) {
        return fail(ErrorCode::kMalformed, "a proof's digest must have 32 bytes");
      }
    }
  }
  HEYAN_TRY(const auto proofs, check_proofs(record, limits));
  return check_items(record, proofs);
}

}  // namespace

Bytes encode_record_file(const v1::RecordFile& file) {
  v1::RecordFile versioned = file;
  versioned.set_version(kRecordFileVersion);
  const Bytes message = canonical_bytes(versioned);
  Bytes bytes = core::to_bytes(kMagic);
  bytes.push_back(static_cast<std::uint8_t>(kRecordFileVersion));
  const Bytes digest = crypto::sha256(message);
  bytes.insert(bytes.end(), digest.begin(), digest.end());
  bytes.insert(bytes.end(), message.begin(), message.end());
  return bytes;
}

core::Result<v1::RecordFile> decode_record_file(ByteView bytes, const core::Limits& limits) {
  core::Cursor cursor(bytes);
  const auto magic = cursor.take(kMagic.size());
  if (!magic || core::as_text(*magic) != kMagic) {
    return fail(ErrorCode::kMalformed, "this is not a record file (.hcr)");
  }
  HEYAN_TRY(const auto version, cursor.take_byte());
  if (version != kRecordFileVersion) {
    return fail(ErrorCode::kUnsupported, "this record file has another version", kMagic.size());
  }
  HEYAN_TRY(const auto digest, cursor.take(kSha256Bytes));
  const std::size_t head = cursor.offset();
  // Besides proofs there are declared texts and the trust list: bounded by one JSON document each.
  const std::size_t most = limits.proof_bytes_total + 8 * limits.json_bytes;
  const ByteView body = bytes.subspan(head);
  if (body.size() > most) return fail(ErrorCode::kLimit, "the record file is too large", head);
  if (!core::equal(crypto::sha256(body), digest)) {
    return fail(ErrorCode::kTruncated, "the record file is incomplete or was changed", head);
  }
  v1::RecordFile file;
  if (!file.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return fail(ErrorCode::kMalformed, "the record file cannot be read", head);
  }
  file.DiscardUnknownFields();
  if (!core::equal(canonical_bytes(file), body)) {
    return fail(ErrorCode::kNotCanonical, "the record file is not in its one canonical form", head);
  }
  if (file.version() != kRecordFileVersion || !enums_are_known(file)) {
    return fail(ErrorCode::kUnknown, "the record file was made by a later version", head);
  }
  HEYAN_CHECK_OK(check(file, limits));
  return file;
}

}  // namespace heyan::report
