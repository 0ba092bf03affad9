#include "crypto/crypto.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace ballast::crypto {
namespace {

const std::string column = "registry_person.id_number";
const std::string id_number = "11010519491231002X";  // the example of GB 11643

class AFolder : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = ::testing::TempDir() + "crypto_XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    std::string key_path() const { return folder / "county.key"; }

    std::filesystem::path folder;
};

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void replace(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(Vault, OpensWhatItSealed) {
    const auto vault = test_vault("zhaojue");
    for (const std::string& plain :
         {id_number, std::string(), std::string("吉克·阿依 🐎"), std::string(70'000, 'x')}) {
        const auto opened = vault->open(column, vault->seal(column, plain));
        ASSERT_TRUE(opened);
        EXPECT_EQ(*opened, plain);
    }
}

TEST(Vault, SealsTheSameValueDifferentlyEachTimeAndShowsNothingOfIt) {
    const auto vault = test_vault("zhaojue");
    const Bytes one = vault->seal(column, id_number);
    EXPECT_NE(one, vault->seal(column, id_number));
    EXPECT_EQ(std::string(one.begin(), one.end()).find("19491231"), std::string::npos);
}

TEST(Vault, DoesNotOpenAValueMovedToAnotherColumn) {
    const auto vault = test_vault("zhaojue");
    const auto opened = vault->open("registry_person.phone", vault->seal(column, id_number));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().id, "crypto.does_not_open");
    EXPECT_EQ(opened.error().kind, ErrorKind::corrupt);
}

TEST(Vault, DoesNotOpenWithAnotherCountysKey) {
    EXPECT_FALSE(test_vault("butuo")->open(column, test_vault("zhaojue")->seal(column, id_number)));
}

TEST(Vault, NoticesAnyChangedOrMissingByte) {
    const auto vault = test_vault("zhaojue");
    const Bytes sealed = vault->seal(column, id_number);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes changed = sealed;
        changed[i] ^= 0x40;
        EXPECT_FALSE(vault->open(column, changed)) << "byte " << i;
        EXPECT_FALSE(vault->open(column, std::span(sealed).first(i))) << "cut to " << i;
    }
}

TEST(Vault, FindsAPersonByTheSameHashInEveryTableOfOnePurpose) {
    const auto vault = test_vault("zhaojue");
    const Bytes hash = vault->lookup("citizen_id", id_number);
    EXPECT_EQ(hash.size(), 16u);
    EXPECT_EQ(hash, vault->lookup("citizen_id", id_number));
    EXPECT_NE(hash, vault->lookup("phone", id_number));
    EXPECT_NE(hash, vault->lookup("citizen_id", "110105194912310021"));
    EXPECT_NE(hash, test_vault("butuo")->lookup("citizen_id", id_number));
}

TEST(Vault, TagsDependOnKeyPurposeAndData) {
    const auto vault = test_vault("zhaojue");
    const Bytes tag = vault->mac("audit", bytes_of("entry"));
    EXPECT_EQ(tag.size(), 32u);
    EXPECT_EQ(tag, vault->mac("audit", bytes_of("entry")));
    EXPECT_NE(tag, vault->mac("files", bytes_of("entry")));
    EXPECT_NE(tag, vault->mac("audit", bytes_of("Entry")));
    EXPECT_NE(tag, test_vault("butuo")->mac("audit", bytes_of("entry")));
}

TEST_F(AFolder, KeepsAKeyThatOnlyItsOwnerMayRead) {
    ASSERT_TRUE(create_key_file(key_path()));
    struct stat about;
    ASSERT_EQ(::stat(key_path().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1)
        << "no unfinished file is left";

    const auto vault = open_vault(key_path());
    const auto again = open_vault(key_path());
    ASSERT_TRUE(vault && again);
    EXPECT_EQ(*(*again)->open(column, (*vault)->seal(column, id_number)), id_number);
}

TEST_F(AFolder, NeverOverwritesAKey) {
    ASSERT_TRUE(create_key_file(key_path()));
    const std::string before = contents(key_path());
    const auto second = create_key_file(key_path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().id, "crypto.key_exists");
    EXPECT_EQ(contents(key_path()), before);
}

TEST_F(AFolder, SaysThatTheKeyIsMissing) {
    const auto vault = open_vault(key_path());
    ASSERT_FALSE(vault);
    EXPECT_EQ(vault.error().id, "crypto.key_missing");
    EXPECT_EQ(vault.error().kind, ErrorKind::unavailable);
    const std::vector<std::pair<std::string, std::string>> args{{"path", key_path()}};
    EXPECT_EQ(vault.error().args, args);
}

TEST_F(AFolder, SaysThatAKeyCannotBeWrittenWhereThereIsNoFolder) {
    const auto made = create_key_file(folder / "nowhere" / "county.key");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().id, "crypto.key_not_written");
}

TEST_F(AFolder, RefusesAKeyThatOthersMayRead) {
    ASSERT_TRUE(create_key_file(key_path()));
    ASSERT_EQ(::chmod(key_path().c_str(), 0640), 0);
    const auto vault = open_vault(key_path());
    ASSERT_FALSE(vault);
    EXPECT_EQ(vault.error().id, "crypto.key_readable");
    EXPECT_EQ(vault.error().kind, ErrorKind::forbidden);
}

TEST_F(AFolder, NoticesADamagedKey) {
    ASSERT_TRUE(create_key_file(key_path()));
    const std::string whole = contents(key_path());
    std::string one_digit_off = whole;
    one_digit_off[20] = whole[20] == '0' ? '1' : '0';
    for (const std::string& damaged : {std::string(), whole.substr(0, 40), one_digit_off, whole + "x",
                                       "BALLAST-KEY-2" + whole.substr(13)}) {
        replace(key_path(), damaged);
        const auto vault = open_vault(key_path());
        ASSERT_FALSE(vault) << damaged.size() << " bytes";
        EXPECT_EQ(vault.error().id, "crypto.key_damaged");
    }
    replace(key_path(), whole.substr(0, whole.size() - 1));
    EXPECT_TRUE(open_vault(key_path())) << "a lost line end is no damage";
}

TEST(Password, IsVerifiedByItsHashOnly) {
    const std::string hash = hash_password("压舱石-2026");
    EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
    EXPECT_TRUE(verify_password(hash, "压舱石-2026"));
    EXPECT_FALSE(verify_password(hash, "压舱石-2025"));
    EXPECT_FALSE(verify_password("not a hash", "压舱石-2026"));
    EXPECT_FALSE(verify_password(std::string(500, '$'), "压舱石-2026"));
    EXPECT_NE(hash, hash_password("压舱石-2026")) << "salted";
}

TEST(RandomToken, IsLongUrlSafeAndNeverTheSame) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = random_token();
        EXPECT_EQ(token.size(), 43u);
        EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                  std::string::npos);
        seen.insert(token);
    }
    EXPECT_EQ(seen.size(), 1000u);
}

// BLAKE2b-256 of nothing and of "abc": published by the BLAKE2 project's reference implementation.
TEST(Digest, IsBlake2b256) {
    EXPECT_EQ(digest_hex({}), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    EXPECT_EQ(digest_hex(bytes_of("abc")),
              "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Digest, OverAStreamIsTheSameAndIsSpentOnce) {
    Digest digest;
    digest.add(bytes_of("a"));
    digest.add({});
    digest.add(bytes_of("bc"));
    EXPECT_EQ(digest.hex(), digest_hex(bytes_of("abc")));
    EXPECT_THROW(digest.hex(), InvariantBroken);
}

}  // namespace
}  // namespace ballast::crypto
