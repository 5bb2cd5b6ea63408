#include "gateway/postgres/prepared.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "gateway/postgres/placeholders.h"
#include "gateway/postgres/result_code.h"

namespace heyan::postgres {
namespace {

using core::ErrorCode;

// pg_type.dat; they never change.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr int kBinary = 1;

Oid type_of(sql::Type type) {
  switch (type) {
    case sql::Type::kInteger:
      return kInt8;
    case sql::Type::kText:
      return kText;
    case sql::Type::kBytes:
      return kBytea;
  }
  return kText;
}

// One argument in the server's binary form: whole numbers most significant byte first.
struct Argument {
  Oid type = kText;
  bool null = false;
  std::array<char, 8> number{};
  std::string_view bytes{};
};

struct Encode {
  Argument& into;

  core::Result<void> operator()(sql::Null null) const {
    into.type = type_of(null.type);
    into.null = true;
    return {};
  }
  core::Result<void> operator()(std::int64_t value) const {
    into.type = kInt8;
    auto bits = std::bit_cast<std::uint64_t>(value);
    for (auto place = into.number.rbegin(); place != into.number.rend(); ++place, bits >>= 8) {
      *place = static_cast<char>(bits & 0xff);
    }
    into.bytes = {into.number.data(), into.number.size()};
    return {};
  }
  core::Result<void> operator()(std::uint64_t value) const {
    if (!std::in_range<std::int64_t>(value)) return std::unexpected(error_of("54000"));
    return (*this)(static_cast<std::int64_t>(value));
  }
  core::Result<void> operator()(std::string_view text) const {
    into.bytes = text;
    return {};
  }
  core::Result<void> operator()(core::ByteView bytes) const {
    into.type = kBytea;
    into.bytes = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    return {};
  }
};

constexpr const char* kNothing = "";  // a null pointer would be NULL

}  // namespace

PreparedStatement::PreparedStatement(Connection& connection, std::string_view sql)
    : connection_(connection) {
  Numbered text = numbered(sql);
  text_ = std::move(text.text);
  parameters_ = text.parameters;
}

core::Result<void> PreparedStatement::prepare(std::vector<Oid> types) {
  if (generation_ == connection_.generation() && types == types_) return {};
  name_ = "s" + std::to_string(connection_.new_number());
  HEYAN_TRY(const Answer prepared,
            connection_.checked(PQprepare(connection_.raw(), name_.c_str(), text_.c_str(),
                                          static_cast<int>(types.size()), types.data())));
  generation_ = connection_.generation();
  types_ = std::move(types);
  return {};
}

core::Result<void> PreparedStatement::start(std::span<const sql::Value> arguments) {
  if (answer_ != nullptr) {
    return core::fail(ErrorCode::kInternal, "a statement is run while its rows are read");
  }
  if (arguments.size() != parameters_) {
    return core::fail(ErrorCode::kInternal, "a statement got too few or too many arguments");
  }
  if (connection_.is_lost()) return std::unexpected(error_of({}));
  // Policies would hide every row, and what is not there may be thought to be needed no more.
  if (!connection_.in_transaction()) {
    return core::fail(ErrorCode::kInternal, "a statement outside of a transaction");
  }
  std::vector<Argument> encoded(arguments.size());  // stays where it is: numbers are pointed to
  std::vector<Oid> types;
  std::vector<const char*> values;
  std::vector<int> lengths;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    Argument& one = encoded[i];
    HEYAN_CHECK_OK(std::visit(Encode{one}, arguments[i]));
    if (!std::in_range<int>(one.bytes.size())) return std::unexpected(error_of("54000"));
    types.push_back(one.type);
    values.push_back(one.null ? nullptr : (one.bytes.empty() ? kNothing : one.bytes.data()));
    lengths.push_back(static_cast<int>(one.bytes.size()));
  }
  HEYAN_CHECK_OK(prepare(std::move(types)));
  const std::vector<int> formats(arguments.size(), kBinary);
  HEYAN_TRY(answer_, connection_.checked(PQexecPrepared(
                         connection_.raw(), name_.c_str(), static_cast<int>(arguments.size()),
                         values.data(), lengths.data(), formats.data(), kBinary)));
  row_ = -1;
  return {};
}

core::Result<bool> PreparedStatement::next() { return ++row_ < PQntuples(answer_.get()); }

std::size_t PreparedStatement::columns() const {
  return static_cast<std::size_t>(PQnfields(answer_.get()));
}

bool PreparedStatement::is_null(std::size_t index) const {
  return PQgetisnull(answer_.get(), row_, static_cast<int>(index)) != 0;
}

core::Result<core::ByteView> PreparedStatement::value(std::size_t index,
                                                      std::span<const Oid> types) const {
  const int column = static_cast<int>(index);
  const Oid type = PQftype(answer_.get(), column);
  if (is_null(index) || std::ranges::find(types, type) == types.end()) {
    return core::fail(ErrorCode::kInternal, "a column of the database holds another type", index);
  }
  const char* start = PQgetvalue(answer_.get(), row_, column);
  return core::ByteView(reinterpret_cast<const std::uint8_t*>(start),
                        static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column)));
}

// A condition, which SQLite has as 0 or 1, is one of these numbers here, too.
core::Result<void> PreparedStatement::read(std::size_t index, std::int64_t& value) const {
  constexpr std::array kTypes = {kInt8, kInt4, kBool};
  HEYAN_TRY(const core::ByteView bytes, this->value(index, kTypes));
  const bool negative = bytes.size() > 1 && (bytes[0] & 0x80) != 0;
  std::uint64_t bits = negative ? std::numeric_limits<std::uint64_t>::max() : 0;
  for (const std::uint8_t byte : bytes) bits = (bits << 8) | byte;
  value = std::bit_cast<std::int64_t>(bits);
  return {};
}

core::Result<void> PreparedStatement::read(std::size_t index, std::string& value) const {
  constexpr std::array kTypes = {kText};
  HEYAN_TRY(const core::ByteView bytes, this->value(index, kTypes));
  value.assign(bytes.begin(), bytes.end());
  return {};
}

core::Result<void> PreparedStatement::read(std::size_t index, core::Bytes& value) const {
  constexpr std::array kTypes = {kBytea};
  HEYAN_TRY(const core::ByteView bytes, this->value(index, kTypes));
  value.assign(bytes.begin(), bytes.end());
  return {};
}

}  // namespace heyan::postgres
