using System.IO.Compression;
using System.Text;
using OptFm.Server.Products;

namespace OptFm.Server.Tests.Products;

public sealed class PriceFileTests
{
    [Fact]
    public void The_demo_list_is_read_whole()
    {
        var price = Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "price.demo.csv"))).Value.ShouldNotBeNull();

        price.Report.Unread.ShouldBeEmpty();
        price.Report.Products.ShouldBeGreaterThan(60);
        price.Report.Leaves.ShouldBe(14);
        price.Report.Heading.ShouldContain("1 июня 2025");
        price.Categories.Roots.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Every_row_that_is_not_read_is_told_with_its_number_and_reason()
    {
        var price = Read("код;название;цена\n1;Кабель;10\n1;Кабель ещё;11\n2;;5\n3;Чехол;дорого\n4;Стекло;\n5;Мышь;1 234,50 ₽\n").Value.ShouldNotBeNull();

        price.Search.Products.Select(product => product.PriceText).ShouldBe(["10", "1 234,50 ₽"]);
        price.Search.Products[1].Price.ShouldBe(1234.5m);
        price.Report.Unread.Select(row => (row.Row, row.English)).ShouldBe(
            [(3, "its code was used above"), (4, "has no name"), (5, "its price is not a number"), (6, "has no price")]);
    }

    [Fact]
    public void Rows_with_nothing_but_a_name_head_those_after_them()
    {
        var price = Read("Наименование,Артикул,Цена\nКабели,,\nКабель,A1,10\nЧехлы,,\nЧехол,A2,20\n").Value.ShouldNotBeNull();

        price.Search.Products.Select(product => product.Leaf).ShouldBe(["Кабели", "Чехлы"]);
        price.Report.Groups.ShouldBe(2);
    }

    [Fact]
    public void Windows_1251_is_recognised()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Read(Encoding.GetEncoding(1251).GetBytes("код;название;цена\n1;Кабель;10\n")).Value.ShouldNotBeNull().Search.Products[0].Name.ShouldBe("Кабель");
    }

    [Fact]
    public void Other_titles_are_named_in_a_mapping_file()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-price-");
        var file = Path.Combine(folder.FullName, "list.csv");
        File.WriteAllText(file + PriceFile.MappingSuffix, """{ "name": "Что", "price": "Почём", "code": "№" }""");
        var bytes = Encoding.UTF8.GetBytes("№;Что;Почём\n7;Кабель;10\n");

        PriceFile.Read(file, bytes).Value.ShouldNotBeNull().Find("7").ShouldNotBeNull().Name.ShouldBe("Кабель");
        PriceFile.Read(file, bytes, null).Problems.ShouldHaveSingleItem().InEnglish.ShouldContain("no row with the titles");
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("код;название;цена\n")]
    [InlineData("PK\u0003\u0004 no zip at all")]
    [InlineData("\"never closed;;;\n\n\n")]
    public void What_is_no_price_list_is_refused(string text)
    {
        var reading = Read(text);

        reading.Value.ShouldBeNull();
        reading.Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_broken_workbook_is_refused()
    {
        var bytes = new byte[4096];
        ((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(bytes, 0);
        bytes[30] = 9;

        Read(bytes).Value.ShouldBeNull();
    }

    [Fact]
    public void What_an_import_stores_reads_back_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-price-");
        var target = Path.Combine(folder.FullName, "var", "price.csv");
        var price = Read("Прайс от 5 мая 2025;;;;\n*Без скидки;;;;\ncode;name;price;status;category\n\"01\";\"Стекло 5\"\"; синее\";10;Хит;А > Б\n").Value.ShouldNotBeNull();

        PriceImport.Store(price, target);

        var again = Read(File.ReadAllBytes(target)).Value.ShouldNotBeNull();
        again.Report.ShouldBe(price.Report with { Unread = again.Report.Unread });
        var product = again.Search.Products.ShouldHaveSingleItem();
        (product.Code, product.Name, product.Status).ShouldBe(("01", "Стекло 5\"; синее", "Хит"));
        product.Category.ShouldBe(["А", "Б"]);
        folder.Delete(recursive: true);
    }

    private static OptFm.Server.Faq.FileReading<PriceSnapshot> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("xl/sharedStrings.xml", 97)]
    [InlineData("xl/worksheets/sheet1.xml", 513)]
    public void A_workbook_that_unpacks_into_gigabytes_is_refused_before_it_is_read(string name, int megabytes)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            var blank = new byte[1 << 20];
            for (var i = 0; i < megabytes; i++) entry.Write(blank);
        }

        PriceFile.Read("price.xlsx", file.ToArray(), null).Problems.Single().InEnglish.ShouldContain("unpacks into more than");
    }

    private static OptFm.Server.Faq.FileReading<PriceSnapshot> Read(byte[] bytes) => PriceFile.Read("price.csv", bytes, null);
}
