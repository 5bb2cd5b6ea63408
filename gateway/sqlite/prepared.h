// A statement as SQLite prepared it. Only for the sources of this folder.
#pragma once

#include <memory>

#include "gateway/sql/statement.h"

struct sqlite3_stmt;

namespace heyan::sqlite {

class PreparedStatement final : public sql::Prepared {
 public:
  explicit PreparedStatement(sqlite3_stmt* statement) : statement_(statement) {}  // owned

  core::Result<void> start(std::span<const sql::Value> arguments) override;
  core::Result<bool> next() override;
  void reset() override;

  std::size_t columns() const override;
  bool is_null(std::size_t index) const override;
  core::Result<void> read(std::size_t index, std::int64_t& value) const override;
  core::Result<void> read(std::size_t index, std::string& value) const override;
  core::Result<void> read(std::size_t index, core::Bytes& value) const override;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace heyan::sqlite
