using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Otp2fa.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Limits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Country",
                table: "PinChallenges",
                type: "TEXT",
                maxLength: 3,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "PhoneNumberPlace",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "WrongCodesInARow",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "LimitUses",
                columns: table => new
                {
                    Rule = table.Column<int>(type: "INTEGER", nullable: false),
                    KeyHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedUtc = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresUtc = table.Column<long>(type: "INTEGER", nullable: false),
                    ItemHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    Cost = table.Column<long>(type: "INTEGER", nullable: false),
                    CostSoFar = table.Column<long>(type: "INTEGER", nullable: false),
                    IsAnswered = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsReturned = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LimitUses", x => new { x.Rule, x.KeyHash, x.Number });
                });

            migrationBuilder.CreateIndex(
                name: "IX_PinChallenges_IssuedUtc",
                table: "PinChallenges",
                column: "IssuedUtc");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_PhoneNumber_PhoneNumberPlace",
                table: "AspNetUsers",
                columns: new[] { "PhoneNumber", "PhoneNumberPlace" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LimitUses_ExpiresUtc",
                table: "LimitUses",
                column: "ExpiresUtc");

            migrationBuilder.CreateIndex(
                name: "IX_LimitUses_Rule_KeyHash_UsedUtc",
                table: "LimitUses",
                columns: new[] { "Rule", "KeyHash", "UsedUtc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LimitUses");

            migrationBuilder.DropIndex(
                name: "IX_PinChallenges_IssuedUtc",
                table: "PinChallenges");

            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_PhoneNumber_PhoneNumberPlace",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "Country",
                table: "PinChallenges");

            migrationBuilder.DropColumn(
                name: "PhoneNumberPlace",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "WrongCodesInARow",
                table: "AspNetUsers");
        }
    }
}
