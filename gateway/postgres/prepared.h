// A statement that the server prepares when it is first run on a connection: only then the types of
// its arguments are known. Only for the sources of this folder.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <string_view>
#include <vector>

#include "gateway/postgres/connection.h"
#include "gateway/sql/statement.h"

namespace heyan::postgres {

class PreparedStatement final : public sql::Prepared {
 public:
  // The connection must outlive it.
  PreparedStatement(Connection& connection, std::string_view sql);

  core::Result<void> start(std::span<const sql::Value> arguments) override;
  core::Result<bool> next() override;
  void reset() override { answer_.reset(); }

  std::size_t columns() const override;
  bool is_null(std::size_t index) const override;
  core::Result<void> read(std::size_t index, std::int64_t& value) const override;
  core::Result<void> read(std::size_t index, std::string& value) const override;
  core::Result<void> read(std::size_t index, core::Bytes& value) const override;

 private:
  Connection& connection_;
  std::string text_;
  std::size_t parameters_ = 0;
  std::string name_;
  std::vector<Oid> types_;
  std::uint64_t generation_ = 0;  // of the connection on which it is prepared so
  Answer answer_;
  int row_ = -1;

  core::Result<void> prepare(std::vector<Oid> types);
  core::Result<core::ByteView> value(std::size_t index, std::span<const Oid> types) const;
};

}  // namespace heyan::postgres
