using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Otp2fa.Web.Data.Migrations.SqlServer
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
                type: "nvarchar(3)",
                maxLength: 3,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AlterColumn<string>(
                name: "PhoneNumber",
                table: "AspNetUsers",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(256)",
                oldMaxLength: 256,
                oldNullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PhoneNumberPlace",
                table: "AspNetUsers",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "WrongCodesInARow",
                table: "AspNetUsers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "LimitUses",
                columns: table => new
                {
                    Rule = table.Column<int>(type: "int", nullable: false),
                    KeyHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    UsedUtc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ExpiresUtc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ItemHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    Cost = table.Column<long>(type: "bigint", nullable: false),
                    CostSoFar = table.Column<long>(type: "bigint", nullable: false),
                    IsAnswered = table.Column<bool>(type: "bit", nullable: false),
                    IsReturned = table.Column<bool>(type: "bit", nullable: false)
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
                unique: true,
                filter: "[PhoneNumber] IS NOT NULL AND [PhoneNumberPlace] IS NOT NULL");

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

            migrationBuilder.AlterColumn<string>(
                name: "PhoneNumber",
                table: "AspNetUsers",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(64)",
                oldMaxLength: 64,
                oldNullable: true);
        }
    }
}
