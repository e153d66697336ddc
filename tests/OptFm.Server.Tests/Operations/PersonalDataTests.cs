using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Operations;

public sealed class PersonalDataTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Theory]
    [InlineData("+79161234567")]
    [InlineData("89161234567")]
    [InlineData("79161234567")]
    [InlineData("8 (916) 123-45-67")]
    [InlineData("8(4942)12-34-56")]
    [InlineData("8-916-123-45-67")]
    [InlineData("8 916 - 123 - 45 - 67")]
    [InlineData("+7 (916) 123 45 67")]
    [InlineData("+7.916.123.45.67")]
    [InlineData("+7\u00A0916\u2011123\u201345\u201267")]
    [InlineData("9161234567")]
    [InlineData("916 123-45-67")]
    [InlineData("(916)1234567")]
    [InlineData("(495) 123-45-67")]
    [InlineData("8 800 555 35 35")]
    [InlineData("+375 29 123-45-67")]
    [InlineData("375291234567")]
    [InlineData("+998 90 123 45 67")]
    [InlineData("998901234567")]
    [InlineData("+86 138 1234 5678")]
    [InlineData("+1 (212) 555-0100")]
    [InlineData("+49 30 901820")]
    [InlineData("77011234567")]
    public void A_phone_is_masked_however_it_is_written(string phone)
    {
        PersonalData.Mask(phone).ShouldBe("[phone]");
        PersonalData.Mask($"Звоните {phone}, жду.").ShouldBe("Звоните [phone], жду.");
        PersonalData.Mask($"тел.{phone}/{phone},{phone};tel:{phone}").ShouldBe("тел.[phone]/[phone],[phone];tel:[phone]");
    }

    [Theory]
    [InlineData("ivan@example.ru")]
    [InlineData("ivan.petrov+opt@mail.example.com")]
    [InlineData("почта@магазин.рф")]
    [InlineData("a_b-c%d@x-y.co")]
    public void An_email_is_masked(string email) =>
        PersonalData.Mask($"Пишите: {email}.").ShouldBe("Пишите: [email].");

    [Theory]
    [InlineData("цена 8 990 руб., опт от 12 500,00 ₽, всего 1 234 567 ₽")]
    [InlineData("8 900 - 12 500 руб")]
    [InlineData("8 900 - 1 000 000 руб")]
    [InlineData("789123456.10 руб, 912345678.90")]
    [InlineData("заказ 2024-08-15/89163 от 15.08.2024 12:30:45")]
    [InlineData("заказ №891612345 и №7916123456789")]
    [InlineData("штрихкод 4601234567890, 8691234567890")]
    [InlineData("артикул SM-G991B, AB89161234567, AB-89161234567, 123-45-67")]
    [InlineData("2026-11-22T07:00:00.123Z")]
    [InlineData("id 123456789, 9007199254740993, chat -100123456789")]
    [InlineData("iPhone 15 Pro Max 256GB, Redmi Note 13 5G, 9D стекло, USB 3.0")]
    [InlineData("10x15x20 см, 100 200 300 400")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("@shop_bot, a@b, 5@7")]
    public void Everything_else_stays_as_it_is(string text) => PersonalData.Mask(text).ShouldBe(text);

    [Fact]
    public void Any_Russian_number_in_any_common_notation_leaves_no_digit_behind()
    {
        var phones =
            from plan in Gen.Elements(3, 4, 8, 9)
            from digits in Gen.ArrayOf(Gen.Choose(0, 9), 9)
            from start in Gen.Elements("+7", "8", "7", "+7 ", "8-", "8 (", "+7 (", "8(")
            from gaps in Gen.ArrayOf(Gen.Elements("", "", " ", "-", "\u00A0"), 3)
            let all = plan + string.Concat(digits)
            let close = start.EndsWith('(') ? ")" : ""
            select $"{start}{all[..3]}{close}{gaps[0]}{all[3..6]}{gaps[1]}{all[6..8]}{gaps[2]}{all[8..]}";
        Prop.ForAll(phones.ToArbitrary(), phone => PersonalData.Mask($"мой номер {phone} спасибо") == "мой номер [phone] спасибо").Check(Thorough);
    }

    [Fact]
    public void Any_number_of_another_length_survives()
    {
        var ids =
            from length in Gen.Elements(1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16, 18)
            from digits in Gen.ArrayOf(Gen.Choose(0, 9), length)
            select string.Concat(digits);
        Prop.ForAll(ids.ToArbitrary(), id => PersonalData.Mask($"заказ {id} шт") == $"заказ {id} шт").Check(Thorough);
    }

    [Fact]
    public void Any_date_and_any_price_survive()
    {
        var dates =
            from days in Gen.Choose(0, 36500)
            from format in Gen.Elements("yyyy-MM-dd", "dd.MM.yyyy", "d/M/yyyy", "yyyy-MM-dd HH:mm:ss", "dd.MM.yy HH:mm", "yyyyMMdd")
            select new DateTime(1990, 1, 1).AddDays(days).AddSeconds(days * 7919L % 86400).ToString(format);
        var prices =
            from roubles in Gen.Choose(0, int.MaxValue)
            from format in Gen.Elements("0", "0.00", "#,##0", "#,##0.00")
            select roubles.ToString(format).Replace(',', ' ') + " руб";
        Prop.ForAll(Gen.OneOf(dates, prices).ToArbitrary(), text => PersonalData.Mask(text) == text).Check(Thorough);
    }

    [Fact]
    public void Any_text_at_all_is_masked_once_and_for_all()
    {
        Prop.ForAll<NonNull<string>>(text => PersonalData.Mask(PersonalData.Mask(text.Get)) == PersonalData.Mask(text.Get)).Check(Thorough);
    }

    [Theory]
    [InlineData("8 ")]
    [InlineData("+7-")]
    [InlineData("a.")]
    [InlineData("1@")]
    [InlineData("9")]
    [InlineData("((")]
    public void A_hostile_text_does_not_cost_more_than_its_length(string piece)
    {
        // Were a pattern quadratic, its own time limit would end it and hide the whole text.
        PersonalData.Mask(string.Concat(Enumerable.Repeat(piece, 100_000))).ShouldNotBe("[hidden]");
    }
}
