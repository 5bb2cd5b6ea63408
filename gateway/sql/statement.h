// A prepared statement, its arguments and its rows, all typed.
//
// A text is UTF-8 without U+0000, or kMalformed, whatever the engine could keep.
//
// Threat: the tables may have been edited by somebody else, so a column of another type than the
// caller expects is an error, never a conversion. One thread at a time, together with its Database.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::sql {

enum class Type : std::uint8_t { kInteger, kText, kBytes };
// NULL in place of a value of that type.
struct Null {
  Type type = Type::kText;
};
// Unsigned numbers are refused from 2^63 on.
using Value = std::variant<Null, std::int64_t, std::uint64_t, std::string_view, core::ByteView>;

template <typename T>
constexpr Type type_of() {
  if constexpr (std::integral<T>) {
    return Type::kInteger;
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    return Type::kText;
  } else {
    return Type::kBytes;
  }
}

template <typename T>
Value value_of(const T& argument) {
  if constexpr (std::same_as<T, std::nullptr_t>) {
    return Null{};
  } else if constexpr (std::unsigned_integral<T>) {
    return std::uint64_t{argument};
  } else if constexpr (std::integral<T>) {
    return std::int64_t{argument};
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    return std::string_view(argument);
  } else {
    return core::ByteView(argument);
  }
}
template <typename T>
Value value_of(const std::optional<T>& argument) {
  return argument ? value_of(*argument) : Value(Null{type_of<T>()});
}

// What an engine makes of a text. Only for engines and the two classes below.
class Prepared {
 public:
  Prepared() = default;
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  virtual ~Prepared() = default;

  // After an error it may be started again. kInternal: its rows are being read.
  virtual core::Result<void> start(std::span<const Value> arguments) = 0;
  virtual core::Result<bool> next() = 0;
  virtual void reset() = 0;

  virtual std::size_t columns() const = 0;
  virtual bool is_null(std::size_t index) const = 0;
  virtual core::Result<void> read(std::size_t index, std::int64_t& value) const = 0;
  virtual core::Result<void> read(std::size_t index, std::string& value) const = 0;
  virtual core::Result<void> read(std::size_t index, core::Bytes& value) const = 0;
};

// The rows of one run of a statement, which must outlive it; nobody else runs that statement
// meanwhile. Gives up its hold on the database when it ends.
class Rows {
 public:
  explicit Rows(Prepared& statement) : statement_(&statement) {}
  Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (statement_ != nullptr) statement_->reset();
  }

  // False after the last row.
  core::Result<bool> next() { return statement_->next(); }

  // The columns of this row, of which there must be just as many. T: std::int64_t, std::uint64_t,
  // std::string, core::Bytes, or std::optional of one. kInternal where the row holds anything else.
  template <typename... T>
  core::Result<std::tuple<T...>> values() const {
    HEYAN_CHECK_OK(expect_columns(sizeof...(T)));
    return values_of<T...>(std::index_sequence_for<T...>{});
  }

 private:
  Prepared* statement_;

  core::Result<void> expect_columns(std::size_t count) const;
  core::Result<void> read(std::size_t index, std::uint64_t& value) const;
  template <typename T>
  core::Result<void> read(std::size_t index, T& value) const {
    return statement_->read(index, value);
  }
  template <typename T>
  core::Result<void> read(std::size_t index, std::optional<T>& value) const {
    value.reset();
    return statement_->is_null(index) ? core::Result<void>{} : read(index, value.emplace());
  }
  template <typename... T, std::size_t... I>
  core::Result<std::tuple<T...>> values_of(std::index_sequence<I...>) const {
    std::tuple<T...> row;
    core::Result<void> outcome;
    const bool complete = ((outcome = read(I, std::get<I>(row))).has_value() && ...);
    if (!complete) return std::unexpected(outcome.error());
    return row;
  }
};

class Statement {
 public:
  explicit Statement(std::unique_ptr<Prepared> statement) : statement_(std::move(statement)) {}

  // Runs it with these arguments, as many as it has parameters. They are copied.
  template <typename... A>
  core::Result<Rows> query(const A&... arguments) {
    return start({value_of(arguments)...});
  }
  // Runs it to its end; it may have no rows.
  template <typename... A>
  core::Result<void> run(const A&... arguments) {
    HEYAN_TRY(Rows rows, query(arguments...));
    HEYAN_TRY(const bool found, rows.next());
    if (found) return core::fail(core::ErrorCode::kInternal, "a statement gave rows unasked");
    return {};
  }
  // Its only row, or nothing. kInternal where there is a second.
  template <typename... T, typename... A>
  core::Result<std::optional<std::tuple<T...>>> one(const A&... arguments) {
    HEYAN_TRY(Rows rows, query(arguments...));
    HEYAN_TRY(const bool found, rows.next());
    if (!found) return std::nullopt;
    HEYAN_TRY(auto row, rows.template values<T...>());
    HEYAN_TRY(const bool another, rows.next());
    if (another) return core::fail(core::ErrorCode::kInternal, "one row was expected");
    return row;
  }
  template <typename... T, typename... A>
  core::Result<std::vector<std::tuple<T...>>> all(const A&... arguments) {
    HEYAN_TRY(Rows rows, query(arguments...));
    std::vector<std::tuple<T...>> found;
    while (true) {
      HEYAN_TRY(const bool more, rows.next());
      if (!more) return found;
      HEYAN_TRY(auto row, rows.template values<T...>());
      found.push_back(std::move(row));
    }
  }

 private:
  std::unique_ptr<Prepared> statement_;

  core::Result<Rows> start(std::initializer_list<Value> arguments);
};

}  // namespace heyan::sql
