#include "audit/audit.h"

#include <gmock/gmock.h>

#include <thread>

#include "audit/users.h"
#include "db_testing/testing.h"
#include "schema/shipped.h"

namespace ballast::audit {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

AreaCode area(std::string_view digits) { return AreaCode::parse(digits).value(); }
const AreaCode zhaojue = area("513431");
const AreaCode meigu = area("513436");
constexpr std::int64_t zhaojue_chain = 513431;
constexpr Instant morning{1'763'859'600'000};

class Audit : public db_testing::OnBothEngines {
protected:
    std::vector<db::Migration> migrations() const override {
        return schema::migrations_of({"auth", "audit"});
    }

    const crypto::Vault& vault() const { return *vault_; }

    Result<void> write(const Event& event, Instant now = morning) {
        return database().write([&](db::Tx& tx) { return record(tx, vault(), officer, event, now); });
    }
    /// n entries in the chain of Zhaojue, sequences 1 to n.
    void fill(int n) {
        for (int i = 1; i <= n; ++i)
            write({"registry.unmask", "person:" + std::to_string(i), zhaojue, "核实", "{}"}).value();
    }
    std::int64_t tamper(std::string_view sql) {
        return database().write([&](db::Tx& tx) { return tx.exec(sql); }).value();
    }
    Verdict verdict(const crypto::Vault& with) {
        return database().read([&](db::Tx& tx) { return verify(tx, with); }).value();
    }
    /// "513431/3 changed" for each break.
    std::vector<std::string> breaks() {
        std::vector<std::string> out;
        for (const auto& b : verdict(vault()).breaks)
            out.push_back(std::to_string(b.chain) + "/" + std::to_string(b.sequence) + " " + b.what);
        return out;
    }
    std::vector<Entry> entries(const auth::Scope& scope, const Query& query = {}) {
        return database().read([&](db::Tx& tx) { return list(tx, scope, query); }).value();
    }

    const auth::Actor officer{auth::UserId(7),
                              "officer",
                              "李玉兰",
                              {{auth::Role::county_officer, zhaojue, ""},
                               {auth::Role::village_officer, area("513431100200"), ""},
                               {auth::Role::county_officer, meigu, ""}}};

private:
    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("zhaojue");
};
ON_BOTH_ENGINES(Audit);

TEST_P(Audit, AnEntrySaysWhoDidWhatToWhatWhenAndWhy) {
    write({"registry.unmask", "person:41", area("513431100200"), "入户核实", "{\"fields\":[\"id_number\"]}"})
        .value();
    const auto all = entries(auth::Scope::whole_country());
    ASSERT_THAT(all, SizeIs(1));
    const Entry& entry = all.front();
    EXPECT_EQ(entry.chain, zhaojue_chain);
    EXPECT_EQ(entry.sequence, 1);
    EXPECT_EQ(entry.at, morning);
    EXPECT_EQ(entry.account, "officer");
    EXPECT_EQ(entry.role, "county_officer,village_officer");
    EXPECT_EQ(entry.event.action, "registry.unmask");
    EXPECT_EQ(entry.event.object, "person:41");
    EXPECT_EQ(entry.event.area, area("513431100200"));
    EXPECT_EQ(entry.event.purpose, "入户核实");
    EXPECT_EQ(entry.event.details, "{\"fields\":[\"id_number\"]}");
}

TEST_P(Audit, EachCountyHasItsChainAndSoHasEachAreaAbove) {
    for (const auto* where : {"513431", "513431100", "513436", "5134", "51", "441900003"})
        write({"screening.run", "run:1", area(where), "", "{}"}).value();
    write({"demo.make", "demo", AreaCode{}, "", "{}"}).value();

    const auto whole = verdict(vault());
    EXPECT_THAT(whole.breaks, IsEmpty());
    EXPECT_EQ(whole.entries, 7);
    EXPECT_EQ(whole.chains, 6);
    std::vector<std::int64_t> chains;
    for (const auto& head : whole.heads) chains.push_back(head.chain);
    EXPECT_THAT(chains, ElementsAre(0, 441900, 510000, 513400, zhaojue_chain, 513436));
}

TEST_P(Audit, ADatabaseInWhichNothingHappenedHolds) {
    const auto nothing = verdict(vault());
    EXPECT_THAT(nothing.breaks, IsEmpty());
    EXPECT_EQ(nothing.chains, 0);
}

TEST_P(Audit, WhatIsRolledBackLeavesNoEntry) {
    const auto undone = database().write([&](db::Tx& tx) -> Result<void> {
        TRY(record(tx, vault(), officer, {"registry.add", "household:1", zhaojue, "", "{}"}, morning));
        return conflict("registry.example");
    });
    EXPECT_FALSE(undone);
    EXPECT_EQ(verdict(vault()).entries, 0);
    fill(2);
    EXPECT_THAT(breaks(), IsEmpty());
}

// ---- tampering

TEST_P(Audit, AnyColumnOfAnyRowThatIsChangedIsFoundAndNamed) {
    fill(3);
    const std::vector<std::string> changes{
        "id = id + 1000",  "at = at + 1",     "user_id = 8",         "account = 'other'", "role = 'auditor'",
        "area_code = 0",   "action = 'x'",    "object = 'person:9'", "purpose = ''",      "details = '{ }'",
        "previous = hash", "hash = previous", "sequence = 100",      "chain = 513436",
    };
    for (const auto& change : changes) {
        for (const std::string row : {"1", "2", "3"}) {
            const auto undone = database().write([&](db::Tx& tx) -> Result<void> {
                if (TRY(tx.exec("UPDATE audit_entry SET " + change + " WHERE sequence = " + row)) != 1)
                    ADD_FAILURE() << change << row;
                const auto found = TRY(verify(tx, vault())).breaks;
                EXPECT_FALSE(found.empty()) << change << " of row " << row << " went unseen";
                if (!found.empty() && change != "sequence = 100" && change != "chain = 513436") {
                    EXPECT_THAT(found, SizeIs(1)) << change << " of row " << row;
                    EXPECT_EQ(found.front().chain, zhaojue_chain);
                    EXPECT_EQ(std::to_string(found.front().sequence), row) << change;
                    EXPECT_EQ(found.front().what, "changed");
                }
                return conflict("audit_test.put_back");
            });
            EXPECT_EQ(undone.error().id, "audit_test.put_back");
        }
    }
    EXPECT_THAT(breaks(), IsEmpty());
}

TEST_P(Audit, ARowRemovedFromTheMiddleIsMissing) {
    fill(5);
    tamper("DELETE FROM audit_entry WHERE sequence = 3");
    EXPECT_THAT(breaks(), ElementsAre("513431/3 missing"));
}

TEST_P(Audit, TheFirstRowRemovedIsMissing) {
    fill(3);
    tamper("DELETE FROM audit_entry WHERE sequence = 1");
    EXPECT_THAT(breaks(), ElementsAre("513431/1 missing"));
}

TEST_P(Audit, TheLastRowsRemovedAreMissedByTheHead) {
    fill(5);
    tamper("DELETE FROM audit_entry WHERE sequence >= 4");
    EXPECT_THAT(breaks(), ElementsAre("513431/4 shortened"));
    tamper("DELETE FROM audit_entry");
    EXPECT_THAT(breaks(), ElementsAre("513431/1 shortened"));
}

TEST_P(Audit, AHeadThatIsShortenedWithItsRowsDoesNotBearTheTag) {
    fill(5);
    tamper("DELETE FROM audit_entry WHERE sequence = 5");
    tamper(
        "UPDATE audit_head SET entries = 4, last_hash = (SELECT hash FROM audit_entry WHERE sequence = 4)");
    EXPECT_THAT(breaks(), ElementsAre("513431/0 changed"));
}

TEST_P(Audit, TwoRowsSwappedAreBothNamed) {
    fill(5);
    tamper("UPDATE audit_entry SET sequence = 100 WHERE sequence = 2");
    tamper("UPDATE audit_entry SET sequence = 2 WHERE sequence = 3");
    tamper("UPDATE audit_entry SET sequence = 3 WHERE sequence = 100");
    EXPECT_THAT(breaks(), ElementsAre("513431/2 changed", "513431/3 changed"));
}

TEST_P(Audit, ARowPutInAtTheEndIsForged) {
    fill(2);
    tamper(
        "INSERT INTO audit_entry (id, chain, sequence, at, user_id, account, role, area_code, action, object,"
        " purpose, details, previous, hash) SELECT id + 50, chain, 3, at, user_id, account, role, area_code,"
        " action, object, purpose, details, hash, previous FROM audit_entry WHERE sequence = 2");
    EXPECT_THAT(breaks(), ElementsAre("513431/3 forged"));
}

TEST_P(Audit, ARowOfAnotherKeyInThePlaceOfOneRemovedIsChanged) {
    fill(3);
    tamper("DELETE FROM audit_entry WHERE sequence = 2");
    tamper(
        "INSERT INTO audit_entry (id, chain, sequence, at, user_id, account, role, area_code, action, object,"
        " purpose, details, previous, hash) SELECT id + 1, chain, 2, at, user_id, account, role, area_code,"
        " action, object, purpose, details, hash, hash FROM audit_entry WHERE sequence = 1");
    EXPECT_THAT(breaks(), ElementsAre("513431/2 changed"));
}

TEST_P(Audit, AChainTakenAwayWholeIsMissedByTheRegister) {
    fill(2);
    write({"screening.run", "run:1", meigu, "", "{}"}).value();
    tamper("DELETE FROM audit_entry WHERE chain = 513431");
    tamper("DELETE FROM audit_head WHERE chain = 513431");
    EXPECT_THAT(breaks(), ElementsAre("513431/0 missing"));
    tamper("UPDATE audit_register SET chains = ',513436,'");
    EXPECT_THAT(breaks(), ElementsAre("-1/0 changed"));
    tamper("DELETE FROM audit_register");
    EXPECT_THAT(breaks(), ElementsAre("-1/0 changed"));
}

TEST_P(Audit, NothingIsRecordedOverAChainThatWasTamperedWith) {
    fill(2);
    tamper("UPDATE audit_head SET entries = 1 WHERE chain = 513431");
    const Event event{"registry.add", "household:1", zhaojue, "", "{}"};
    auto refused = write(event);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "audit.head_broken");
    EXPECT_EQ(refused.error().kind, ErrorKind::corrupt);

    tamper("DELETE FROM audit_entry");
    tamper("DELETE FROM audit_head");
    EXPECT_EQ(write(event).error().id, "audit.head_broken");  // the register knows that there was a chain
    tamper("DELETE FROM audit_register");
    EXPECT_TRUE(write(event));  // an empty database: see README
}

TEST_P(Audit, AnotherCountysKeyNeitherVerifiesNorRecords) {
    fill(2);
    const auto other = crypto::test_vault("meigu");
    EXPECT_FALSE(verdict(*other).breaks.empty());
    const auto refused = database().write([&](db::Tx& tx) {
        return record(tx, *other, officer, {"registry.add", "household:1", zhaojue, "", "{}"}, morning);
    });
    EXPECT_EQ(refused.error().id, "audit.head_broken");
}

// ---- many writers

TEST_P(Audit, WritersAtOnceLeaveOneWholeChain) {
    constexpr int writers = 4, each = 8;
    std::vector<std::thread> threads;
    for (int w = 0; w < writers; ++w)
        threads.emplace_back([&, w] {
            for (int i = 0; i < each; ++i) {
                const auto object = "person:" + std::to_string(w * each + i);
                const auto where = i % 2 == 0 ? zhaojue : meigu;
                const auto written = write({"registry.unmask", object, where, "核实", "{}"});
                EXPECT_TRUE(written) << written.error().id << " " << written.error().detail;
            }
        });
    for (auto& thread : threads) thread.join();
    const auto whole = verdict(vault());
    EXPECT_THAT(whole.breaks, IsEmpty());
    EXPECT_EQ(whole.entries, writers * each);
    EXPECT_EQ(whole.chains, 2);
}

// ---- listing

TEST_P(Audit, ListsTheNewestFirstPageByPageInsideTheScope) {
    fill(5);
    write({"screening.run", "run:1", meigu, "", "{}"}).value();
    const auth::Scope own({zhaojue});

    const auto first = entries(own, {.limit = 3});
    ASSERT_THAT(first, SizeIs(3));
    EXPECT_EQ(first.front().sequence, 5);
    const auto second = entries(own, {.before_id = first.back().id, .limit = 3});
    ASSERT_THAT(second, SizeIs(2));
    EXPECT_EQ(second.back().sequence, 1);

    EXPECT_THAT(entries(auth::Scope()), IsEmpty());
    EXPECT_THAT(entries(auth::Scope::whole_country()), SizeIs(6));
    EXPECT_THAT(entries(own, {.action = "screening.run"}), IsEmpty());
    EXPECT_THAT(entries(own, {.object = "person:2"}), SizeIs(1));
    EXPECT_THAT(entries(own, {.account = "nobody"}), IsEmpty());
}

TEST_P(Audit, AHeadNotedEarlierMustStillBePartOfItsChain) {
    fill(2);
    const auto noted = verdict(vault()).heads;
    fill(1);
    const auto against = [&](const std::vector<NotedHead>& heads) {
        return database().read([&](db::Tx& tx) { return verify(tx, vault(), heads); }).value().breaks;
    };
    EXPECT_THAT(against(noted), IsEmpty());

    auto another = noted;
    another.front().hash.front() ^= 1;
    ASSERT_THAT(against(another), SizeIs(1));
    EXPECT_EQ(against(another).front().what, "put_back");
    EXPECT_THAT(against({{zhaojue_chain, 4, noted.front().hash}}), SizeIs(1));  // longer than the chain is now
}

// ---- users

TEST_P(Audit, UsersComeAndGoOnTheRecord) {
    const auto admin = auth::system_actor("test");
    const auto id = database()
                        .write([&](db::Tx& tx) {
                            return add_user(tx, vault(), admin,
                                            {{}, "luo", "罗敏", {{auth::Role::county_officer, zhaojue, ""}}},
                                            "Liangshan-2026", morning);
                        })
                        .value();
    const auto session = sign_in(database(), vault(), "luo", "Liangshan-2026", "10.0.0.1", morning).value();
    EXPECT_EQ(sign_in(database(), vault(), "luo", "wrong-password", "10.0.0.1", morning).error().id,
              "auth.wrong_password");
    EXPECT_EQ(sign_in(database(), vault(), "Liangshan-2026", "", "10.0.0.1", morning).error().id,
              "auth.wrong_password");
    database().write([&](db::Tx& tx) { return sign_out(tx, vault(), session, morning); }).value();
    database().write([&](db::Tx& tx) { return deactivate(tx, vault(), admin, id, morning); }).value();

    std::vector<std::string> told;
    for (const auto& entry : entries(auth::Scope::whole_country())) {
        told.push_back(entry.account + " " + entry.event.action + " " + entry.event.object);
        EXPECT_EQ(entry.event.details.find("Liangshan"), std::string::npos);
    }
    const std::string user = "user:" + std::to_string(id.number());
    EXPECT_THAT(told, ElementsAre("system:test auth.deactivate " + user, "luo auth.sign_out " + user,
                                  "system:sign_in auth.sign_in_refused user:unknown",
                                  "system:sign_in auth.sign_in_refused " + user, "luo auth.sign_in " + user,
                                  "system:test auth.add_user " + user));
    EXPECT_EQ(entries(auth::Scope({zhaojue})).back().event.details,
              "{\"grants\":[{\"role\":\"county_officer\",\"area\":\"513431000000\"}]}");
    EXPECT_THAT(breaks(), IsEmpty());
}

}  // namespace
}  // namespace ballast::audit
