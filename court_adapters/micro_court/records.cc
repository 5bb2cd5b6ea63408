#include "court_adapters/micro_court/records.h"

#include <algorithm>

#include <fmt/core.h>

#include "court_adapters/china/json_fault.h"
#include "verifier/contents/words.h"
#include "verifier/core/text.h"

namespace heyan::court_adapters::micro_court {
namespace {

constexpr std::string_view kPlace = "records:";

SideProof read_proof(contents::Fields& fields, const std::string& ledger,
                     contents::Defects& defects) {
  SideProof side;
  side.pointer = fields.pointer();
  side.part = fields.required_id("part");
  side.proof.set_ledger(ledger);
  const std::string format = fields.line("format");
  if (!format.empty() && !contents::is_proof_format(format)) {
    defects.add(fields.pointer_of("format"), "unknown-word",
                fmt::format("\"{}\" is not one of {}.", core::visible(format, 64),
                            contents::all_proof_formats()));
  }
  side.proof.set_format(format);
  if (const auto* hints = fields.map("hints")) {
    for (const auto& [name, value] : *hints) {
      const std::string where =
          fields.pointer_of("hints") + '/' + core::json::shown_pointer_token(name);
      v1::Hint& hint = *side.proof.add_hints();
      hint.set_name(fields.id_in(core::json::Value(name), where));
      hint.set_value(fields.string_in(value, where).value_or(""));
    }
    std::ranges::sort(*side.proof.mutable_hints(), {}, &v1::Hint::name);
  }
  fields.finish();
  return side;
}

SideRecord read_record(contents::Fields& fields, const core::Limits& limits,
                       contents::Defects& defects) {
  SideRecord record;
  record.pointer = fields.pointer();
  record.platform = fields.line("platform");
  record.storage_number = fields.line("storageNumber");
  record.ledger = fields.id("ledger");
  if (const auto* proofs = fields.array("proofs", limits.proofs_per_item)) {
    for (std::size_t i = 0; i < proofs->size(); ++i) {
      contents::Fields proof(&(*proofs)[i], fmt::format("{}/{}", fields.pointer_of("proofs"), i),
                             limits, defects);
      record.proofs.push_back(read_proof(proof, record.ledger, defects));
    }
  }
  return record;
}

}  // namespace

std::map<std::string, SideRecord> read_records(core::ByteView json, const core::Limits& limits,
                                               contents::Defects& defects) {
  std::map<std::string, SideRecord> records;
  const auto document = core::json::parse(json, limits);
  if (!document) {
    contents::Defect fault = china::json_fault(json, document.error());
    defects.add(std::string(kPlace) + fault.pointer, fault.code, std::move(fault.detail));
    return records;
  }
  contents::Fields fields(&*document, std::string(kPlace), limits, defects);
  const auto* items = fields.required_array("items", limits.items);
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    contents::Fields item(&(*items)[i], fmt::format("{}/{}", fields.pointer_of("items"), i), limits,
                          defects);
    const std::string number = item.required_id("number");
    SideRecord record = read_record(item, limits, defects);
    item.finish();
    if (!number.empty() && !records.emplace(number, std::move(record)).second) {
      defects.add(item.pointer_of("number"), "duplicate-id",
                  fmt::format("The item \"{}\" stands twice: join its records.",
                              core::visible(number, 64)));
    }
  }
  fields.finish();
  return records;
}

}  // namespace heyan::court_adapters::micro_court
