#include "gateway/proof_fetch/fisco_bcos.h"

#include <fmt/format.h>

#include <charconv>

#include "gateway/proof_fetch/json_rpc.h"
#include "verifier/ledgers/fisco_bcos/fields.h"

namespace heyan::proof_fetch {
namespace {

namespace fisco = ledgers::fisco_bcos;
using core::json::Value;

constexpr std::size_t kHashBytes = 32;

// Three questions over one connection.
class Questions {
 public:
  Questions(const ops::FiscoNode& node, const Ask& ask, const Progress& progress)
      : node_(node), ask_(ask), progress_(progress) {}

  OrRefusal<FiscoAnswers> about(const std::string& hash) {
    FiscoAnswers answers;
    HEYAN_TRY(
        answers.transaction,
        put(Step::kTransaction, is_second() ? "getTransactionByHashWithProof" : "getTransaction",
            with_proof(hash), "transaction"));
    HEYAN_TRY(answers.receipt,
              put(Step::kReceipt,
                  is_second() ? "getTransactionReceiptByHashWithProof" : "getTransactionReceipt",
                  with_proof(hash), "receipt"));
    HEYAN_TRY(const std::uint64_t number, block_number(answers));
    HEYAN_TRY(answers.header,
              put(Step::kHeader, is_second() ? "getBlockHeaderByNumber" : "getBlockByNumber",
                  header_of(number), "block header"));
    return answers;
  }

 private:
  bool is_second() const { return node_.version == 2; }

  OrRefusal<Value> put(Step step, std::string_view method, Value::Array parameters,
                       std::string_view what) {
    progress_(step);
    ++id_;
    const std::string call = encode_call(method, std::move(parameters), id_);
    HEYAN_TRY(const core::Bytes answer, ask_(core::as_bytes(call)));
    return read_result(answer, id_, what);
  }

  Value::Array group() const {
    if (!is_second()) return {Value(node_.group), Value(node_.name)};
    std::int64_t number = 0;
    const char* end = node_.group.data() + node_.group.size();
    std::from_chars(node_.group.data(), end, number);  // digits: the file's reader looked
    return {Value(number)};
  }
  Value::Array with_proof(const std::string& hash) const {
    Value::Array parameters = group();
    parameters.emplace_back(hash);
    if (!is_second()) parameters.emplace_back(true);
    return parameters;
  }
  Value::Array header_of(std::uint64_t number) const {
    Value::Array parameters = group();
    if (is_second()) {
      parameters.emplace_back(fmt::format("{:#x}", number));
      parameters.emplace_back(true);  // with signatures
    } else {
      parameters.emplace_back(number);
      parameters.emplace_back(true);  // header only
      parameters.emplace_back(true);  // of transactions, their hashes alone
    }
    return parameters;
  }

  OrRefusal<std::uint64_t> block_number(const FiscoAnswers& answers) const {
    const Value* holder = is_second() ? answers.transaction.find("transaction") : &answers.receipt;
    constexpr std::uint64_t kMost = std::uint64_t{1} << 53;
    const auto fields = fisco::Fields::of(holder, "answer");
    const auto number = fields ? fields->number("blockNumber")
                               : core::Result<std::uint64_t>(std::unexpected(fields.error()));
    if (!number || *number >= kMost)
      return std::unexpected(unusable("they do not say in which block the transaction stands"));
    return *number;
  }

  const ops::FiscoNode& node_;
  const Ask& ask_;
  const Progress& progress_;
  std::int64_t id_ = 0;
};

}  // namespace

OrRefusal<Bundle> fetch_fisco(const ops::FiscoNode& node, std::string_view transaction,
                              const Ask& ask, const Progress& progress) {
  const auto hash = fisco::read_hex(transaction);
  if (!hash || hash->size() != kHashBytes) {
    return std::unexpected(
        Refusal{.code = core::ErrorCode::kUnknown,
                .what = "--tx is no hash of a transaction",
                .defects = {},
                .remedy = "Write its 64 hexadecimal digits, with or without 0x."});
  }
  HEYAN_TRY(FiscoAnswers answers, Questions(node, ask, progress).about("0x" + core::to_hex(*hash)));
  progress(Step::kCheck);
  return bundle_of(node, *hash, answers);
}

}  // namespace heyan::proof_fetch
