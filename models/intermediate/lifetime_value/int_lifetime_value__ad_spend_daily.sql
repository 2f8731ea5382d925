-- What was spent on advertising by day and channel, in the currency of the spend.
with

ad_spend as ({{ ad_spend() }}),

cleaned as (

    select
        {{ clean_id('lower(channel)') }} as channel,
        {{ clean_id('lower(currency)') }} as currency,
        coalesce(spend, 0) as spend_amount,
        spend_date
    from ad_spend
    where spend_date <= {{ as_of_date() }}

),

final as (

    select
        channel,
        currency,
        cast(sum(spend_amount) as {{ exact() }}) as spend_amount,
        {{ first_day_of('month', 'spend_date') }} as acquisition_month,
        spend_date
    from cleaned
    where channel is not null
        and currency is not null
    group by channel, currency, spend_date

)

select * from final
